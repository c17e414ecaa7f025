"""Enrolment: the terminal's own key is made once, for its user only."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk import enrol

TOML = 'terminal_id = "a"\nplace = "P"\nname = "N"\nserver_url = "http://x"\n'


def test_enrolling_makes_a_key_and_prints_its_public_half(tmp_path, capsys) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text(TOML)
    assert enrol.run(["--config", str(file)]) == 0
    public = bytes.fromhex(capsys.readouterr().out.split()[-1])
    key = enrol.read(tmp_path / "terminal.key")
    assert key.public_key() == Ed25519PublicKey.from_public_bytes(public)
    assert (tmp_path / "terminal.key").stat().st_mode & 0o777 == 0o600


def test_enrolling_again_keeps_the_key(tmp_path, capsys) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text(TOML)
    enrol.run(["--config", str(file)])
    enrol.run(["--config", str(file)])
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


def test_a_key_that_is_none_is_said(tmp_path, capsys) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text(TOML)
    (tmp_path / "terminal.key").write_bytes(b"short")
    assert enrol.run(["--config", str(file)]) == 1
    assert "32 bytes" in capsys.readouterr().err


def test_faults_of_the_configuration_are_printed(tmp_path, capsys) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text("")
    assert enrol.run(["--config", str(file)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 4
