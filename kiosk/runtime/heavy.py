"""The parts that take long to load: outbox, sync, scanner, printer."""

import random
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from hardware import registry
from hardware.fingerprint.quality import check_fingerprint
from hardware.fingerprint.same_finger import SAME, same_finger
from hardware.fingerprint.wsq import WsqTooLargeError, encode_wsq
from hardware.types import Fingerprint
from kiosk import enrol
from kiosk.config import TerminalConfig
from kiosk.media.protocol import ToMedia
from kiosk.runtime import cache
from kiosk.runtime.keeping.outbox import Outbox, OutboxError
from kiosk.runtime.keeping.sealing import Identity, Sealer
from kiosk.runtime.keeping.sitting import SittingStore, is_memory_backed
from kiosk.runtime.office import Office
from kiosk.runtime.performer import Parts
from kiosk.runtime.sync import Sync
from kiosk.runtime.terminal import Terminal
from kiosk.runtime.token import TokenSource
from kiosk.runtime.workers.fingers import Fingers, PrintTools
from kiosk.runtime.workers.printing import Printing
from kiosk.runtime.workers.speech import Speech, find_player
from server.contract.catalogue import Catalogue
from server.contract.sealing import OfficePublicKey

Closing = list[Callable[[], None]]


class CannotServeError(Exception):
    """The terminal stays closed; `code` is shown to the technician."""

    def __init__(self, code: str, cause: str) -> None:
        super().__init__(cause)
        self.code = code


def build(
    config: TerminalConfig,
    store: SittingStore,
    terminal: Terminal,
    say_to_media: Callable[[ToMedia], None],
) -> tuple[Parts, Closing]:
    """Build and start every part; returns how to end them, in order. Raises CannotServeError."""
    if not is_memory_backed(config.memory_dir):
        raise CannotServeError("CFG-004", f"{config.memory_dir} would survive a power cut")
    identity = _identity(config)
    outbox = _outbox(config)
    outbox.drop_all_but(terminal.sitting.capture_id)
    sync = _sync(config, outbox, identity, terminal)
    sealer = Sealer(
        identity, outbox, store, terminal.dispatch, sync.wake, terminal.times, time.time
    )
    fingers = Fingers(
        lambda: registry.open_scanner(config.devices.fingerprint),
        PrintTools(check_fingerprint, lambda a, b: same_finger(a, b) >= SAME, _packed),
        terminal.dispatch,
        terminal.times,
    )
    printing = Printing(
        lambda: registry.open_printer(config.devices.printer), terminal.dispatch, terminal.times
    )
    speech = Speech(find_player(config.audio.speaker))
    for part in (sealer, fingers, printing, sync):
        part.start()
    closing = [sync.stop, fingers.stop, printing.stop, speech.stop, sealer.stop, outbox.close]
    return Parts(say_to_media, fingers, printing, speech, sealer), closing


def _packed(picture: Fingerprint) -> bytes | None:
    try:
        return encode_wsq(picture)
    except WsqTooLargeError:
        return None


def _identity(config: TerminalConfig) -> Identity:
    try:
        key = enrol.read(config.key_file)
    except enrol.KeyFileError as fault:
        raise CannotServeError(fault.code, str(fault)) from fault
    try:
        office = OfficePublicKey(config.office_key_file.read_bytes())
    except (OSError, ValueError) as fault:
        raise CannotServeError("CFG-003", f"{config.office_key_file}: {fault}") from fault
    return Identity(config.terminal_id, key, office)


def _outbox(config: TerminalConfig) -> Outbox:
    try:
        return Outbox(config.outbox_file, time.time)
    except (OutboxError, OSError, SQLAlchemyError) as fault:
        raise CannotServeError(OutboxError.code, str(fault)) from fault


def _sync(config: TerminalConfig, outbox: Outbox, identity: Identity, terminal: Terminal) -> Sync:
    tokens = TokenSource(config.server_url, config.terminal_id, identity.key)

    def came(catalogue: Catalogue) -> None:
        cache.keep(config.catalogue_cache, catalogue)
        terminal.catalogue_came(catalogue)

    return Sync(
        outbox,
        Office(config.server_url, tokens),
        terminal.dispatch,
        came,
        catalogue_version=terminal.catalogue_version,
        keep_hours=config.capture_hours,
        now=time.time,
        random=random.random,
    )
