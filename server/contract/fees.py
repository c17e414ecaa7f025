"""Fee lines of an application: which dated rows of the catalogue hold, and what they add up to."""

from collections.abc import Mapping
from datetime import date

from server.contract.captures import AgeBand, FeeLine
from server.contract.catalogue import FeeRow, Service


def lines(
    service: Service,
    *,
    band: AgeBand,
    answers: Mapping[str, str],
    on: date,
    photo_taken: bool,
    language: str,
    photo_fee_paid_before: bool = False,
) -> tuple[FeeLine, ...]:
    """Return the fee lines in the catalogue's order; `on` is the day of application.

    The law fixes age and rates by the day of application (PAuswGebV §1(1), PassV §27(1)). A field
    nobody answered counts with its default. `photo_fee_paid_before` leaves out the fee for a photo
    that an earlier document of the same visit already paid for.
    """
    known = service.with_defaults(answers)
    charge_photo = photo_taken and not photo_fee_paid_before
    rows = [
        row
        for row in service.fees
        if row.valid_on(on) and row.when.holds(band=band, answers=known, photo_taken=charge_photo)
    ]
    amounts = {row.code: row.cents for row in rows}
    return tuple(_line(row, amounts, language) for row in rows)


def total(fee_lines: tuple[FeeLine, ...]) -> int:
    """Return the sum in cents."""
    return sum(line.cents for line in fee_lines)


def _line(row: FeeRow, amounts: Mapping[str, int], language: str) -> FeeLine:
    """A row that multiplies adds what is missing to the multiple of the lines it names."""
    more = sum(amounts.get(code, 0) for code in row.multiplies) * (row.factor - 1)
    text = row.text.in_language(language)
    return FeeLine(code=row.code, text=text, cents=row.cents + more, basis=row.basis)
