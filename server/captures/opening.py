"""Opens sealed parts of a live capture, only those asked for."""

from sqlalchemy.orm import Session

from server.contract import envelope
from server.contract.captures import CaptureRecord, FingerReports, QualityReport
from server.contract.envelope import PartKind
from server.contract.sealing import OfficePrivateKey
from server.refusals import No, Refused
from server.tables import CaptureBlob


class OpenCapture:
    """A stored envelope with the key to its parts; plaintext lives only in what it returns."""

    def __init__(self, data: bytes, key: OfficePrivateKey) -> None:
        """Take an envelope that passed intake; raises EnvelopeError if the disk changed it."""
        parsed = envelope.unpack(data)
        self._id = parsed.header.capture_id
        self._sealed = {part.kind: part.sealed for part in parsed.parts}
        self._key = key

    @property
    def kinds(self) -> tuple[PartKind, ...]:
        return tuple(self._sealed)

    def part(self, kind: PartKind) -> bytes | None:
        """Return one part in the clear, None if the capture has none; raises NotOpenedError."""
        sealed = self._sealed.get(kind)
        return sealed and self._key.open(sealed, envelope.context(self._id, kind))

    def record(self) -> CaptureRecord:
        return CaptureRecord.model_validate_json(self.part(PartKind.RECORD) or b"")

    def photo_report(self) -> QualityReport | None:
        text = self.part(PartKind.PHOTO_REPORT)
        return QualityReport.model_validate_json(text) if text else None

    def finger_reports(self) -> FingerReports | None:
        text = self.part(PartKind.FINGER_REPORT)
        return FingerReports.model_validate_json(text) if text else None


def open_capture(session: Session, capture_id: str, key: OfficePrivateKey) -> OpenCapture | Refused:
    """Return the stored envelope, ready to open parts of it."""
    blob = session.get(CaptureBlob, capture_id)
    if blob is None:
        return No.NO_CAPTURE.because("there is no sealed copy any more")
    return OpenCapture(blob.envelope, key)
