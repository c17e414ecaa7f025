"""Device errors: each has a code, a cause and advice for the technician.

DeviceError
├── NotConnectedError   DEV-001  port or device is not there
├── NoAnswerError       DEV-002  silent on the line
├── GarbledError        DEV-003  answers, but not in its protocol
├── UnpluggedError      DEV-004  went away in mid-operation
├── BusyError           DEV-005  another program holds it
├── ConfigError         DEV-006  the configured URL cannot be used
├── RefusedError        DEV-007  the device answered with an error code of its own
├── PaperOutError       DEV-008  the printer has no paper
├── OfflineError        DEV-009  there, but not taking work: cover open or switched offline
└── ForbiddenError      DEV-010  there, but this user may not open it
"""

from typing import ClassVar

from hardware.types import Fault


class DeviceError(Exception):
    """A device could not do what was asked."""

    code: ClassVar[str] = "DEV-000"
    advice: str = "Run `python -m hardware check` and report the output."

    def __init__(self, cause: str, advice: str = "") -> None:
        """Take the cause in one sentence, and advice where this case knows better than its kind."""
        super().__init__(cause)
        self.cause = cause
        self.advice = advice or type(self).advice

    @property
    def fault(self) -> Fault:
        return Fault(self.code, self.cause, self.advice)


class NotConnectedError(DeviceError):
    code = "DEV-001"
    advice = "Check the cable and the port in the terminal's configuration."


class NoAnswerError(DeviceError):
    code = "DEV-002"
    advice = "Power-cycle the device; if it stays silent, replace the cable, then the device."


class GarbledError(DeviceError):
    code = "DEV-003"
    advice = "Check the speed in the device URL and the cable's shielding."


class UnpluggedError(DeviceError):
    code = "DEV-004"
    advice = "Plug the device in again; it is taken back by itself. Fix a loose connector."


class BusyError(DeviceError):
    code = "DEV-005"
    advice = "Stop the other program that uses the device, or restart the terminal service."


class ConfigError(DeviceError):
    code = "DEV-006"
    advice = "Correct the device URL in the terminal's configuration."


class RefusedError(DeviceError):
    code = "DEV-007"
    advice = "Look the device's own code up in docs/hardware.md."


class PaperOutError(DeviceError):
    code = "DEV-008"
    advice = "Put a new paper roll in and close the cover."


class OfflineError(DeviceError):
    code = "DEV-009"
    advice = "Close the cover and clear the error shown on the device, then try again."


class ForbiddenError(DeviceError):
    code = "DEV-010"
    advice = "Add the terminal's user to the groups video and dialout, then start it anew."
