"""The commands, as a technician types them."""

import io
import sqlite3

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.commands import main
from server.config import load, load_office_key
from server.contract.envelope import key_id


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command on a fresh instance; returns exit status, output and complaints."""
    directory = tmp_path / "server"
    assert main(["init", "--dir", str(directory), "--port", "8123"]) == 0

    def typed(*words, stdin=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = main([*words, "--config", str(directory / "server.toml")])
        said = capsys.readouterr()
        return status, said.out, said.err

    typed.directory = directory
    return typed


ADD = ("staff", "add", "--login", "erika", "--name", "Erika M", "--role", "clerk")


def test_an_instance_is_made_once_and_kept(run):
    key = (run.directory / "office.key").read_bytes()
    assert main(["init", "--dir", str(run.directory), "--port", "9999"]) == 0
    assert (run.directory / "office.key").read_bytes() == key
    assert (run.directory / "office.key").stat().st_mode & 0o777 == 0o600
    assert load(run.directory / "server.toml").port == 8123


def test_an_offices_name_may_hold_quotes(tmp_path):
    name = 'Bürgeramt "Mitte" \\ Nord'
    assert main(["init", "--dir", str(tmp_path), "--name", name]) == 0
    assert load(tmp_path / "server.toml").office_name == name


def test_staff_are_added_from_standard_input_and_listed(run):
    assert run(*ADD, "--password-stdin", stdin="long enough\n") == (0, "", "")
    assert run("staff", "list") == (0, "erika\tclerk\tErika M\n", "")
    with sqlite3.connect(run.directory / "server.db") as raw:
        (hashed,) = raw.execute("select password_hash from staff").fetchone()
    raw.close()
    assert hashed.startswith("$argon2id$")


def test_a_short_password_is_refused(run):
    status, _, complaint = run(*ADD, "--password-stdin", stdin="short\n")
    assert (status, "8 characters" in complaint) == (1, True)


def test_terminals_are_enrolled_and_listed(run):
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    enrol = ("terminal", "enrol", "--id", "foyer-1", "--place", "Foyer", "--public-key")
    assert run(*enrol, key)[0] == 0
    assert run("terminal", "list")[1] == "foyer-1\tnever seen\tFoyer\n"
    status, _, complaint = run(*enrol, "abcd")
    assert (status, "not enrolled" in complaint) == (1, True)


def test_an_id_or_login_that_could_never_sign_in_is_refused(run):
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    enrol = ("terminal", "enrol", "--id", "Foyer 1", "--place", "Foyer", "--public-key", key)
    assert "a-z" in run(*enrol)[2]
    add = [word if word != "erika" else "e" * 61 for word in ADD]
    assert "1 to 60" in run(*add, "--password-stdin", stdin="long enough\n")[2]


def test_the_public_office_key_is_shown_and_saved_for_terminals(run, tmp_path):
    public = load_office_key(run.directory / "office.key").public().raw
    assert run("office-key") == (0, public.hex() + "\n", "")
    out = tmp_path / "office.pub"
    status, said, _ = run("office-key", "--out", str(out))
    assert (status, out.read_bytes(), key_id(public) in said) == (0, public, True)
    status, _, complaint = run("office-key", "--out", str(tmp_path / "none" / "office.pub"))
    assert (status, "not written" in complaint) == (1, True)


def test_the_trail_is_shown_and_verified(run):
    run(*ADD, "--password-stdin", stdin="long enough\n")
    assert "staff_added\tconsole\tstaff:erika\trole=clerk" in run("audit", "show")[1]
    assert run("audit", "show", "--last", "1")[1].count("\n") == 1
    status, said, _ = run("audit", "verify")
    assert (status, said.startswith("2 entries, whole; head ")) == (0, True)


def test_a_changed_trail_is_told_and_fails(run):
    with sqlite3.connect(run.directory / "server.db") as raw:
        raw.execute("update audit_entries set actor = 'nobody'")
    raw.close()
    status, _, complaint = run("audit", "verify")
    assert (status, "broken at entry 1" in complaint) == (1, True)


def test_a_faulty_configuration_is_a_sentence_and_exit_status_one(run):
    (run.directory / "server.toml").write_text("port = 1", "utf-8")
    status, _, complaint = run("staff", "list")
    assert status == 1
    assert "office_name" in complaint
    assert "hours" in complaint


def test_an_old_database_is_not_used_but_named(run):
    (run.directory / "server.db").unlink()
    status, _, complaint = run("staff", "list")
    assert (status, "python -m server migrate" in complaint) == (1, True)
    assert run("migrate")[0] == 0
    assert run("staff", "list")[0] == 0
