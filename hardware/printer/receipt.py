"""Encodes receipt blocks as ESC/POS bytes."""

import shutil
import textwrap
from collections.abc import Callable, Sequence

from escpos import capabilities
from escpos.printer import Dummy

from hardware.printer.address import COLUMNS
from hardware.printer.blocks import Block, Qr, Row, Rule, Size, Text

# python-escpos makes a folder for a cache at every import; nothing reads it again.
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

_CODE_PAGE, _PAGE_NUMBER = "CP858", 19  # western Europe with the euro sign
_PROFILE = "TM-T88V"  # 80 mm, the commands nearly all receipt printers understand
_QR_DOTS = 6  # dots per module, 0.75 mm at 203 dpi


def encode_receipt(blocks: Sequence[Block], columns: int = COLUMNS) -> bytes:
    """Return a whole job, from initialising the printer to cutting the paper.

    Letters outside code page 858 make the printer switch its page; what no page has becomes "?".
    """
    paper = Dummy(profile=_PROFILE, magic_encode_args={"encoding": _CODE_PAGE})
    paper.hw("INIT")
    paper._raw(b"\x1bt" + bytes([_PAGE_NUMBER]))
    for block in blocks:
        _PRINT[type(block)](paper, block, columns)
    paper.cut()
    return bytes(paper.output)


def lines_of(row: Row, columns: int) -> list[str]:
    """Lay a row out: the left part wrapped, the right part flush at the end of the last line."""
    room = columns - len(row.right) - 1
    if room < columns // 3:
        return [*textwrap.wrap(row.left, columns), row.right.rjust(columns)]
    *above, last = textwrap.wrap(row.left, room) or [""]
    return [*above, f"{last.ljust(room)} {row.right}"]


def _text(paper: Dummy, block: Text, columns: int) -> None:
    large = block.size is Size.LARGE
    paper.set(
        align="center" if block.centred else "left",
        normal_textsize=not large,
        double_width=large,
        double_height=large,
    )
    for line in textwrap.wrap(block.text, columns // 2 if large else columns) or [""]:
        paper.textln(line)


def _row(paper: Dummy, block: Row, columns: int) -> None:
    paper.set(align="left", normal_textsize=True)
    for line in lines_of(block, columns):
        paper.textln(line)


def _qr(paper: Dummy, block: Qr, columns: int) -> None:
    paper.set(align="center", normal_textsize=True)
    paper.qr(block.data, size=_QR_DOTS, native=False)


def _rule(paper: Dummy, block: Rule, columns: int) -> None:
    paper.set(align="left", normal_textsize=True)
    paper.textln("-" * columns)


_PRINT: dict[type, Callable[..., None]] = {Text: _text, Row: _row, Qr: _qr, Rule: _rule}
