"""The server's commands; a known fault is a sentence and exit status 1, a bug keeps its trace."""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from server import audit, staff, terminals
from server.clock import to_text, utc_now
from server.config import Config, ConfigError, Fault, load, load_office_key
from server.contract import envelope
from server.contract.sealing import OfficePrivateKey
from server.db import Database, UnsafeDatabaseError
from server.migrate import is_current, migrate

_TEMPLATE = """\
# The server of one office; every key is described in docs/interfaces/server.md.
office_name = {name}
host = "127.0.0.1"
port = {port}
database = "server.db"
office_key = "office.key"
mail_directory = "../mail"
mail_sink_page = true
supervisor_mail = "supervisor@localhost"
capture_hours = 96
idle_minutes = 30
ring_seconds = 20

[hours]
de = "Montag bis Freitag, 8 bis 18 Uhr"
en = "Monday to Friday, 8 am to 6 pm"
"""


class CommandError(Exception):
    """A command that cannot be done, with the sentence for whoever typed it."""


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = options.run
    try:
        command(options)
    except (ConfigError, CommandError, UnsafeDatabaseError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser("python -m server")
    commands = top.add_subparsers(required=True)
    init = _command(commands, "init", _init, configured=False)
    init.add_argument("--dir", type=Path, default=Path("var/server"))
    init.add_argument("--port", type=int, default=8080)
    init.add_argument("--name", default="Bürgeramt Musterstadt")
    _command(commands, "serve", _serve)
    _command(commands, "migrate", _migrate)
    people = commands.add_parser("staff").add_subparsers(required=True)
    add = _command(people, "add", _staff_add)
    add.add_argument("--login", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=[role.value for role in staff.Role])
    add.add_argument("--password-stdin", action="store_true", required=True)
    _command(people, "list", _staff_list)
    machines = commands.add_parser("terminal").add_subparsers(required=True)
    enrol = _command(machines, "enrol", _terminal_enrol)
    enrol.add_argument("--id", required=True)
    enrol.add_argument("--place", required=True)
    enrol.add_argument("--public-key", required=True, help="32 bytes as hex")
    _command(machines, "list", _terminal_list)
    publish = _command(commands, "office-key", _office_key)
    publish.add_argument("--out", type=Path, help="where to write the public key (1216 bytes)")
    trail = commands.add_parser("audit").add_subparsers(required=True)
    _command(trail, "verify", _audit_verify)
    _command(trail, "show", _audit_show).add_argument("--last", type=int, default=None)
    return top


def _command(
    parent: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    configured: bool = True,
) -> argparse.ArgumentParser:
    parser = parent.add_parser(name)
    parser.set_defaults(run=run)
    if configured:
        parser.add_argument("--config", type=Path, default=Path("var/server/server.toml"))
    return parser


@contextmanager
def _database(options: argparse.Namespace) -> Iterator[Database]:
    config = load(options.config)
    _demand_schema(config)
    database = Database(config.database, readers=1)
    try:
        yield database
    finally:
        database.close()


def _demand_schema(config: Config) -> None:
    if not is_current(config.database):
        what = "lacks migrations; run `python -m server migrate`"
        raise ConfigError((Fault(config.database, "(database)", what),))


def _init(options: argparse.Namespace) -> None:
    directory: Path = options.dir
    directory.mkdir(parents=True, exist_ok=True)
    file, key = directory / "server.toml", directory / "office.key"
    if not file.exists():
        name = json.dumps(options.name, ensure_ascii=False)  # quoted as TOML's basic strings are
        file.write_text(_TEMPLATE.format(name=name, port=options.port), "utf-8")
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(OfficePrivateKey.generate().raw())
    migrate(load(file).database)
    options.config = file
    with _database(options) as database:
        event = audit.Event.INSTANCE_MADE
        database.run_now(lambda s: audit.record(s, utc_now(), event, "console"))


def _migrate(options: argparse.Namespace) -> None:
    migrate(load(options.config).database)


def _serve(options: argparse.Namespace) -> None:
    config = load(options.config)
    _demand_schema(config)
    from server.serving import serve  # the other commands need no web framework

    serve(config)


def _staff_add(options: argparse.Namespace) -> None:
    from argon2 import PasswordHasher

    password = sys.stdin.readline().rstrip("\n")
    if len(password) < staff.SHORTEST_PASSWORD:
        raise CommandError(f"a password has at least {staff.SHORTEST_PASSWORD} characters")
    if not re.fullmatch(staff.LOGIN, options.login):
        raise CommandError("a login has 1 to 60 letters, digits or ._@+-")
    hashed, role = PasswordHasher().hash(password), staff.Role(options.role)
    with _database(options) as database:
        database.run_now(
            lambda s: staff.add(s, utc_now(), options.login, options.name, role, hashed)
        )


def _staff_list(options: argparse.Namespace) -> None:
    with _database(options) as database:
        for row in database.read_now(staff.everybody):
            sys.stdout.write(f"{row.login}\t{row.role}\t{row.name}\n")


def _terminal_enrol(options: argparse.Namespace) -> None:
    try:
        key = bytes.fromhex(options.public_key)
        with _database(options) as database:
            database.run_now(
                lambda s: terminals.enrol(s, utc_now(), options.id, options.place, key)
            )
    except ValueError as fault:
        raise CommandError(f"terminal not enrolled: {fault}") from fault


def _terminal_list(options: argparse.Namespace) -> None:
    with _database(options) as database:
        for row in database.read_now(terminals.everyone):
            seen = to_text(row.last_seen_at) if row.last_seen_at else "never seen"
            sys.stdout.write(f"{row.id}\t{seen}\t{row.place}\n")


def _office_key(options: argparse.Namespace) -> None:
    public = load_office_key(load(options.config).office_key).public()
    if options.out is None:
        sys.stdout.write(f"{public.raw.hex()}\n")
        return
    try:
        options.out.write_bytes(public.raw)
    except OSError as fault:
        raise CommandError(f"public key not written: {fault}") from fault
    sys.stdout.write(f"{options.out}: public office key {envelope.key_id(public.raw)}\n")


def _audit_verify(options: argparse.Namespace) -> None:
    with _database(options) as database:
        found = database.read_now(lambda s: audit.verify_chain(audit.stream(s)))
    if found.broken_at is not None:
        raise CommandError(f"the chain is broken at entry {found.broken_at}")
    sys.stdout.write(f"{found.entries} entries, whole; head {found.head}\n")


def _audit_show(options: argparse.Namespace) -> None:
    with _database(options) as database:
        for row in database.read_now(lambda s: audit.entries(s, options.last)):
            facts = " ".join(f"{key}={value}" for key, value in sorted(row.facts.items()))
            said = f"{row.seq}\t{row.at}\t{row.event}\t{row.actor}\t{row.subject}\t{facts}"
            sys.stdout.write(f"{said.rstrip()}\n")
