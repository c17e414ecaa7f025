"""What tests of one capture at the counter share."""

import pypdfium2
import pytest

from server.contract.envelope import PartKind

WRITTEN = [
    [[1000, 6000], [2500, 2000], [4000, 8000], [6000, 3000]],
    [[7000, 5000], [8000, 5200]],
]  # strokes


@pytest.fixture
def on(clerk, retrieved):
    """Calls about the retrieved capture."""
    path = f"/captures/{retrieved.capture_id}"
    return lambda action, **body: clerk.post(f"{path}/{action}", **body)


def take_in(client, terminal, clerk, record, parts):
    answer = terminal.put(client, record.capture_id, terminal.seal(record, parts))
    assert answer.status_code == 201
    return clerk.look_up(record).json()


def picture_only(terminal, record):
    kinds = {PartKind.RECORD, PartKind.PHOTO, PartKind.PHOTO_REPORT}
    return {kind: data for kind, data in terminal.parts(record).items() if kind in kinds}


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")
