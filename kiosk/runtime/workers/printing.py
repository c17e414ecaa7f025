"""Prints receipts in a thread of its own: paper may be out, the citizen goes on."""

import queue
import threading
from collections.abc import Callable

from hardware.devices import ReceiptPrinter
from hardware.errors import DeviceError
from hardware.printer.blocks import Block
from kiosk.core.events import PrinterChanged
from kiosk.runtime.diary import Diary, stopwatch


class Printing:
    """Opens the printer for each receipt, so that a plugged-in one is found again by itself."""

    def __init__(
        self,
        open_printer: Callable[[], ReceiptPrinter],
        dispatch: Callable[[PrinterChanged], None],
        diary: Diary,
    ) -> None:
        self._open, self._dispatch, self._diary = open_printer, dispatch, diary
        self._jobs: queue.SimpleQueue[tuple[Block, ...] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def print(self, blocks: tuple[Block, ...]) -> None:
        self._jobs.put(blocks)

    def stop(self) -> None:
        self._jobs.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while (blocks := self._jobs.get()) is not None:
            self._dispatch(self._printed(blocks))

    def _printed(self, blocks: tuple[Block, ...]) -> PrinterChanged:
        with stopwatch(self._diary, "receipt"):
            try:
                printer = self._open()
            except DeviceError as error:
                return PrinterChanged(error.fault)
            try:
                printer.print_blocks(list(blocks))
            except DeviceError as error:
                return PrinterChanged(error.fault)
            finally:
                printer.close()
        return PrinterChanged(None)
