"""The sitting's state: resumed after a crash, unreadable after a power cut, gone when forgotten."""

from pathlib import Path

from kiosk.runtime.keeping.sitting import Sitting, SittingStore, is_memory_backed, new_sitting

SITTING = Sitting("c" * 32, "123456784", b"k" * 32)
TEXT = '{"screen": "details", "answers": [["eye_colour", "MARKER-blue"]]}'
PICTURE = b"\xff\xd8 MARKER-face"


def test_a_crashed_program_goes_on(store, memory, tmp_path) -> None:
    store.save(SITTING, TEXT)
    store.keep_pictures(SITTING, (PICTURE, b"two"))
    left = SittingStore(memory, tmp_path / "visit.sealed").resume()
    assert left is not None
    assert (left.sitting, left.text, left.pictures) == (SITTING, TEXT, (PICTURE, b"two"))


def test_nothing_readable_lies_on_the_disk(store, everything_on_disk) -> None:
    store.save(SITTING, TEXT)
    store.keep_pictures(SITTING, (PICTURE,))
    assert b"MARKER" not in everything_on_disk()
    assert b"123456784" not in everything_on_disk()
    assert SITTING.key not in everything_on_disk()


def test_pictures_are_noise_even_in_memory(store, memory) -> None:
    store.keep_pictures(SITTING, (PICTURE,))
    assert b"MARKER" not in b"".join(file.read_bytes() for file in memory.iterdir())


def test_a_power_cut_leaves_nothing_to_resume(store, memory, tmp_path) -> None:
    store.save(SITTING, TEXT)
    for file in memory.iterdir():
        file.unlink()
    assert SittingStore(memory, tmp_path / "visit.sealed").resume() is None
    assert not (tmp_path / "visit.sealed").exists()


def test_a_journal_that_was_changed_is_forgotten(store, tmp_path) -> None:
    store.save(SITTING, TEXT)
    file = tmp_path / "visit.sealed"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert store.resume() is None
    assert not file.exists()


def test_forgetting_deletes_key_journal_and_pictures(store, memory, tmp_path) -> None:
    store.save(SITTING, TEXT)
    store.keep_pictures(SITTING, (PICTURE, PICTURE))
    store.forget()
    assert list(memory.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_fewer_pictures_replace_more(store, memory) -> None:
    store.save(SITTING, TEXT)
    store.keep_pictures(SITTING, (PICTURE, PICTURE, PICTURE))
    store.keep_pictures(SITTING, (b"one",))
    left = store.resume()
    assert left is not None
    assert left.pictures == (b"one",)


def test_the_folder_is_for_the_terminals_user_only(store, memory) -> None:
    assert memory.stat().st_mode & 0o777 == 0o700


def test_shared_memory_is_memory_and_a_disk_is_not(memory) -> None:
    assert is_memory_backed(memory)
    assert not is_memory_backed(Path(__file__).parent)


def test_a_sitting_draws_its_numbers_from_what_it_is_given() -> None:
    sitting = new_sitting(lambda: "123456784", lambda count: bytes(range(count)))
    assert sitting.capture_id == bytes(range(16)).hex()
    assert sitting.key == bytes(range(32))


def test_an_empty_folder_goes_with_the_program(memory, tmp_path) -> None:
    store = SittingStore(memory / "of-its-own", tmp_path / "visit.sealed")
    store.save(SITTING, TEXT)
    store.forget()
    store.leave()
    assert not list(memory.iterdir())


def test_the_folder_stays_while_a_visit_is_kept_there(store, memory) -> None:
    store.save(SITTING, TEXT)
    store.leave()
    assert store.resume() is not None
