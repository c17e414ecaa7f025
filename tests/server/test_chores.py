"""The watchdog deletes by the clock; mails go out once."""

import threading

from server.captures import alarms
from server.chores import Chores
from server.gateways.mail import Mail, MailSink, post
from server.tables import CaptureBlob, StaffSession, TerminalToken


def chores_of(office, every=0.01):
    return Chores(office.db, office.mails, office.clock, office.idle, every=every)


def test_an_expired_capture_is_deleted_by_the_watchdog(office, stored, clock, trail):
    chores = chores_of(office)
    clock.forward(hours=95)
    chores.once()
    assert "capture_expired" not in trail()
    clock.forward(hours=1)
    chores.once()
    assert office.db.read_now(lambda s: s.get(CaptureBlob, stored.capture_id)) is None
    assert trail()[-2:] == ["capture_expired", "server_copy_deleted"]


def test_the_thread_runs_the_chores_until_it_is_stopped(office, clock):
    done = threading.Event()

    class Sink:
        def send(self, mail):
            done.set()

    office.db.run_now(lambda s: post(s, Mail("1" * 32, "a@b", "Hallo", "Text", clock())))
    chores = Chores(office.db, Sink(), clock, office.idle, every=0.01)
    chores.start()
    assert done.wait(5)
    chores.stop()


def test_a_mail_is_sent_once_and_can_be_read(office, clock):
    alarm = alarms.scanning("clerk")
    office.db.run_now(lambda s: alarms.raise_alarm(s, clock(), "boss@office", alarm))
    chores = chores_of(office)
    chores.once()
    chores.once()
    (mail,) = office.mails.list_mails()
    assert (mail.to, mail.at) == ("boss@office", clock())
    assert "Amtsnah Alarm: Mit dem Konto" in mail.subject
    assert "change the password" in mail.text


def test_mails_keep_umlauts_and_come_newest_first(tmp_path, clock):
    sink = MailSink(tmp_path / "mail", "amtsnah@localhost")
    assert sink.list_mails() == []
    for number, subject in enumerate(("Älter", "Jünger")):
        sink.send(Mail(f"{number:032x}", "a@b", subject, "Grüße", clock()))
        clock.forward(minutes=1)
    assert [mail.subject for mail in sink.list_mails()] == ["Jünger", "Älter"]
    assert sink.list_mails()[0].text == "Grüße\n"


def test_sweeping_forgets_idle_sessions_and_old_tokens(office, clerk, terminal, client, clock):
    terminal.authorize(client)
    clock.forward(hours=1)
    chores_of(office).sweep()
    assert office.db.read_now(lambda s: s.query(StaffSession).count()) == 0
    assert office.db.read_now(lambda s: s.query(TerminalToken).count()) == 0
