"""The interface's page names every code, event and configuration key there is."""

from pathlib import Path

import pytest

from server.audit import Event
from server.config import Config
from server.refusals import No

PAGE = (Path(__file__).parents[2] / "docs" / "interfaces" / "server.md").read_text("utf-8")


@pytest.mark.parametrize("no", No)
def test_every_code_is_unique_and_documented_with_its_advice(no):
    status, code, advice = no.value
    assert f"| {code} | {status} | {advice} |" in PAGE
    assert [other.value[1] for other in No].count(code) == 1


@pytest.mark.parametrize("event", Event)
def test_every_event_is_documented(event):
    assert f"| `{event}` | {event.sentence} |" in PAGE


@pytest.mark.parametrize("key", [*Config.__dataclass_fields__, "workers"])
def test_every_configuration_key_is_documented(key):
    assert f"`{key}`" in PAGE or f"`[{key}]`" in PAGE
