"""Simulators are steered by lines on a local socket."""

from pathlib import Path

from hardware.sim.control import ControlSocket, obey, tell


def test_each_line_is_done_and_answered(tmp_path: Path) -> None:
    said: list[str] = []
    control = ControlSocket(tmp_path / "control", {"say": said.append, "hush": said.clear})
    assert tell(tmp_path / "control", "say hello there") == "ok"
    assert said == ["hello there"]
    assert tell(tmp_path / "control", "hush") == "ok"
    assert said == []
    control.close()
    assert not (tmp_path / "control").exists()


def test_what_cannot_be_done_is_answered_with_the_reason() -> None:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is not known here")

    assert obey("x\n", {"refuse": refuse}) == "error: unknown word 'x'; known are refuse"
    assert obey("refuse this", {"refuse": refuse}) == "error: this is not known here"
    assert obey("refuse", {"refuse": refuse}).startswith("error: ")
    assert obey("", {"refuse": refuse}).startswith("error: unknown word")
