"""Contract tests run against simulators, and against real devices when asked to.

`pytest tests/contracts --hardware --device zfm:///dev/ttyUSB0 --device escpos+tcp://10.0.0.9`
"""

import pytest

SCHEMES = {"printer": "escpos+tcp", "scanner": "zfm"}  # fixture -> scheme of its real devices


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--hardware", action="store_true", help="also test the devices named")
    parser.addoption("--device", action="append", default=[], help="URL of a real device")


def real_devices(config: pytest.Config, *schemes: str) -> list[str]:
    """Return the URLs of real devices with one of the schemes; none without `--hardware`."""
    if not config.getoption("--hardware", default=False):
        return []
    named: list[str] = config.getoption("--device", default=[])
    return [url for url in named if url.partition(":")[0] in schemes]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask the simulated device, then each real one that was named."""
    for fixture in SCHEMES.keys() & set(metafunc.fixturenames):
        real = [
            pytest.param(url, marks=pytest.mark.hardware)
            for url in real_devices(metafunc.config, SCHEMES[fixture])
        ]
        metafunc.parametrize(fixture, ["simulated", *real], indirect=True)
