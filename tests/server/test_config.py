"""A faulty configuration is reported with all its faults at once."""

import pytest

from remote_clerk.waiting_line import OFFER_SECONDS
from server.config import ConfigError, load, load_office_key
from server.contract.sealing import OfficePrivateKey

GOOD = """
office_name = "Bürgeramt"
port = 8080
[hours]
de = "8 bis 18"
en = "8 to 18"
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "server" / "server.toml"


def write(file, text):
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def faults(file):
    with pytest.raises(ConfigError) as refused:
        load(file)
    return {fault.key: fault.what for fault in refused.value.faults}


def test_paths_are_relative_to_the_file(file):
    config = load(write(file, GOOD))
    assert config.database == file.parent / "server.db"
    assert config.mail_directory == file.parent.parent / "mail"
    assert (config.capture_hours, config.https, config.catalogue) == (96, False, None)


def test_three_faults_are_all_named(file):
    bad = GOOD.replace("port = 8080", 'port = "x"\ncolour = "red"\ncapture_hours = 97')
    found = faults(write(file, bad))
    assert set(found) == {"port", "colour", "capture_hours"}
    assert "96" in found["capture_hours"]


def test_pairs_and_single_keys_are_judged_together(file):
    bad = GOOD.replace("port = 8080", 'port = 0\nworkers = 2\ntls_key = "k"')
    assert set(faults(write(file, bad))) == {"port", "workers", "tls_key"}


def test_a_file_that_is_no_text_is_a_fault_not_a_crash(file):
    write(file, "")
    file.write_bytes(b"\xff\xfe")
    assert set(faults(file)) == {"(syntax)"}


def test_file_line_and_key_stand_in_the_message(file):
    with pytest.raises(ConfigError, match=r"server\.toml:3: port: "):
        load(write(file, GOOD.replace("8080", "0")))


def test_how_long_one_desk_rings_can_be_set(file):
    assert load(write(file, GOOD)).ring_seconds == OFFER_SECONDS
    assert load(write(file, GOOD.replace("port", "ring_seconds = 8\nport"))).ring_seconds == 8
    found = faults(write(file, GOOD.replace("port", "ring_seconds = 0\nport")))
    assert set(found) == {"ring_seconds"}


def test_a_second_worker_is_refused_with_the_reason(file):
    found = faults(write(file, GOOD.replace("port", "workers = 2\nport")))
    assert "SQLite" in found["workers"]


def test_a_certificate_without_key_is_a_fault(file):
    found = faults(write(file, GOOD.replace("port", 'tls_certificate = "a.pem"\nport')))
    assert "tls_key" in found["tls_key"]


def test_a_missing_file_and_a_broken_one_say_so(file, tmp_path):
    assert "(file)" in faults(tmp_path / "none.toml")
    assert "(syntax)" in faults(write(file, "port = "))


def test_relays_need_turn_addresses(file):
    bad = GOOD + '[relays]\nurls = ["stun:stun.example"]\nsecret = "x"\n'
    assert "TURN" in faults(write(file, bad))["relays"]


def test_an_office_key_that_others_may_read_is_refused(tmp_path):
    key = tmp_path / "office.key"
    key.write_bytes(OfficePrivateKey.generate().raw())
    key.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        load_office_key(key)
    key.chmod(0o600)
    load_office_key(key)


def test_an_office_key_of_wrong_length_is_refused(tmp_path):
    key = tmp_path / "office.key"
    key.touch(0o600)
    key.write_bytes(b"short")
    with pytest.raises(ConfigError, match="96 bytes"):
        load_office_key(key)
