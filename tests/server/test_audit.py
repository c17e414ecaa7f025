"""The chain: closed, allow-listed, and broken by any change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import audit
from server.audit import GENESIS, Event, link_hash, record, verify_chain
from server.tables import AuditEntry


def chain(length):
    links, previous = [], GENESIS
    for seq in range(1, length + 1):
        link = AuditEntry(
            seq=seq,
            at="2026-11-24T09:00:00Z",
            event="call_asked",
            actor="terminal:foyer-1",
            subject=f"call:{seq}",
            facts={"service": "id-card"},
            previous=previous,
        )
        link.hash = previous = link_hash(link)
        links.append(link)
    return links


def test_every_event_has_a_sentence_of_its_own():
    sentences = [event.sentence for event in Event]
    assert len(set(sentences)) == len(sentences)
    assert all(text[0].isupper() and text.endswith(".") for text in sentences)


def test_a_fact_that_is_not_on_the_list_is_a_bug(office, clock):
    with pytest.raises(ValueError, match="family_name"):
        office.db.run_now(
            lambda s: record(s, clock(), Event.STAFF_ADDED, "console", family_name="M")
        )


def test_a_written_chain_holds(office, clerk, retrieved):
    found = office.db.read_now(lambda s: verify_chain(audit.stream(s)))
    assert found.broken_at is None
    assert found.entries >= 8


def test_a_changed_entry_in_the_database_is_found(office, clerk, retrieved):
    def tamper(session):
        session.get(AuditEntry, 3).actor = "somebody else"

    office.db.run_now(tamper)
    assert office.db.read_now(lambda s: verify_chain(audit.stream(s))).broken_at == 3


def test_an_undone_piece_of_work_leaves_no_trace_and_no_gap(office, clock):
    def fails(session):
        record(session, clock(), Event.CALL_ASKED, "terminal:x")
        raise KeyError

    with pytest.raises(KeyError):
        office.db.run_now(fails)
    office.db.run_now(lambda s: record(s, clock(), Event.CALL_ENDED, "terminal:x"))
    assert office.db.read_now(lambda s: verify_chain(audit.stream(s))).broken_at is None


@given(
    length=st.integers(2, 6),
    data=st.data(),
    field=st.sampled_from(["at", "event", "actor", "subject", "facts", "previous", "hash"]),
)
def test_any_change_breaks_the_chain_where_it_happened(length, data, field):
    links = chain(length)
    at = data.draw(st.integers(0, length - 1))
    new = {"service": "passport"} if field == "facts" else "changed"
    setattr(links[at], field, new)
    assert verify_chain(links).broken_at == at + 1


@given(length=st.integers(3, 6), data=st.data())
def test_a_missing_or_moved_entry_breaks_the_chain(length, data):
    links = chain(length)
    at = data.draw(st.integers(0, length - 2))
    missing = links[:at] + links[at + 1 :]
    assert verify_chain(missing).broken_at is not None
    links[at], links[at + 1] = links[at + 1], links[at]
    assert verify_chain(links).broken_at is not None
