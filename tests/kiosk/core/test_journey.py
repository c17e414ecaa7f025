"""The journey's table as a whole: reachable, leavable, forgetting, and safe at the hand-over."""

import pytest

import assets
from kiosk.core import journey
from kiosk.core.journey import FORGETTING, IDLE, Move, Plan, Table
from kiosk.core.view import Screen
from server.contract import catalogue_file
from server.contract.captures import AgeBand
from server.contract.catalogue import Service

SERVICES = catalogue_file.load(assets.path("services")).services
EVERY_JOURNEY = pytest.mark.parametrize(
    ("service", "band"),
    [(service, band) for service in SERVICES for band in (None, *AgeBand)],
    ids=lambda value: getattr(value, "id", value),
)


def screens_of(table: Table) -> set[Screen]:
    return {screen for screen, _ in table} | set(table.values())


def reachable(table: Table) -> set[Screen]:
    found, fresh = set(), {Screen.ATTRACT}
    while fresh:
        found |= fresh
        fresh = {there for (here, _), there in table.items() if here in found} - found
    return found


@EVERY_JOURNEY
def test_every_screen_is_reachable(service: Service, band: AgeBand | None) -> None:
    table = journey.table(journey.plan(service, band))
    assert reachable(table) == screens_of(table)


@EVERY_JOURNEY
def test_every_screen_can_be_left(service: Service, band: AgeBand | None) -> None:
    table = journey.table(journey.plan(service, band))
    for screen in screens_of(table):
        assert {there for (here, _), there in table.items() if here is screen} - {screen}


@EVERY_JOURNEY
def test_silence_always_ends_in_forgetting(service: Service, band: AgeBand | None) -> None:
    table = journey.table(journey.plan(service, band))
    for screen in screens_of(table) - IDLE - {Screen.STORING}:
        assert table[screen, Move.SILENCE] in FORGETTING


@EVERY_JOURNEY
def test_nothing_interrupts_the_hand_over(service: Service, band: AgeBand | None) -> None:
    table = journey.table(journey.plan(service, band))
    moves = {move for screen, move in table if screen is Screen.STORING}
    assert moves == {Move.STORED, Move.NOT_STORED}


@EVERY_JOURNEY
def test_every_step_offers_the_counter_and_a_new_start(
    service: Service, band: AgeBand | None
) -> None:
    plan = journey.plan(service, band)
    table = journey.table(plan)
    for screen in plan:
        assert table[screen, Move.COUNTER] is Screen.COUNTER
        assert table[screen, Move.START_AGAIN] is Screen.ATTRACT


@EVERY_JOURNEY
def test_back_undoes_next(service: Service, band: AgeBand | None) -> None:
    table = journey.table(journey.plan(service, band))
    for (here, move), there in table.items():
        if move is Move.NEXT and there is not Screen.STORING:
            assert table[there, Move.BACK] is here


@EVERY_JOURNEY
def test_the_diagram_shows_every_move(service: Service, band: AgeBand | None) -> None:
    plan = journey.plan(service, band)
    lines = journey.as_mermaid(plan).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(lines) == 2 + len(journey.table(plan))


def plan_of(service_id: str, band: AgeBand) -> Plan:
    return journey.plan(next(one for one in SERVICES if one.id == service_id), band)


@pytest.mark.parametrize("service", ["id-card", "passport"])
def test_small_children_give_no_fingerprints(service: str) -> None:
    assert Screen.FINGERS not in plan_of(service, AgeBand.UNDER_6)
    assert Screen.FINGERS in plan_of(service, AgeBand.FROM_6)


@pytest.mark.parametrize("service", ["id-card", "passport"])
def test_nobody_signs_under_ten(service: str) -> None:
    assert Screen.SIGNATURE not in plan_of(service, AgeBand.FROM_6)
    assert Screen.SIGNATURE in plan_of(service, AgeBand.FROM_10)


def test_before_a_service_is_chosen_there_is_no_way_past_it() -> None:
    table = journey.table(())
    assert (Screen.SERVICES, Move.NEXT) not in table
    assert table[Screen.SERVICES, Move.SILENCE] is Screen.ATTRACT


def test_the_diagram_in_the_docs_is_the_table() -> None:
    text = (assets.ROOT.parent / "docs" / "journey.md").read_text(encoding="utf-8")
    assert journey.as_mermaid(plan_of("id-card", AgeBand.FROM_24)) in text
