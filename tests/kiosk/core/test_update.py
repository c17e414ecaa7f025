"""The way through a visit, told by the diary of effects."""

import pytest

from kiosk.core import events as e
from kiosk.core.effects import (
    Forget,
    KeepPictures,
    Print,
    SaveJournal,
    SealPart,
    StartPhoto,
    SubmitCapture,
)
from kiosk.core.view import Contrast, Look, Screen
from kiosk.core.visit import Birth
from server.contract.captures import AgeBand, MissingFinger
from server.contract.envelope import PartKind


def test_a_whole_visit_ends_where_it_began(citizen) -> None:
    citizen.to(Screen.DONE)
    assert citizen.visit.pickup_number == "123456784"
    citizen.press("finish")
    assert citizen.screen is Screen.ATTRACT
    assert citizen.visit.pickup_number == ""
    assert citizen.visit.answers == ()


def test_the_diary_of_a_visit(citizen) -> None:
    citizen.to(Screen.DONE)
    assert citizen.done() == [
        "ShowPreview", "StartPhoto",  # photo
        "KeepPictures", "StopPhoto", "ShowPreview",  # choice
        "SealPart", "SealPart", "StartFinger",  # right
        "StartFinger",  # left
        "StopFinger",  # signature
        "SealPart",
        "SubmitCapture",
        "KeepPictures",
        "Print",
    ]  # fmt: skip


def test_parts_are_sealed_before_the_journal_counts_on_them(citizen) -> None:
    citizen.to(Screen.PHOTO_CHOICE).forget_diary().press("next")
    names = citizen.done_with_journal()
    assert names.index("SaveJournal") > names.index("SealPart")


def test_the_record_holds_what_the_citizen_gave(citizen) -> None:
    citizen.to(Screen.STORING)
    (draft,) = [one.draft for one in citizen.diary if isinstance(one, SubmitCapture)]
    assert (draft.birth_day, draft.birth_month, draft.age_band) == (3, 8, AgeBand.FROM_24)
    assert dict(draft.answers)["height"] == "180"
    assert dict(draft.answers)["delivery"] == "pick_up"
    assert sum(line.cents for line in draft.fees) == 5200
    assert draft.photo_accepted
    assert draft.parts == (
        PartKind.PHOTO,
        PartKind.PHOTO_REPORT,
        PartKind.FINGER_RIGHT,
        PartKind.FINGER_LEFT,
        PartKind.SIGNATURE,
    )


def test_a_child_under_six_hands_over_photo_only(citizen) -> None:
    citizen.to(Screen.STORING, AgeBand.UNDER_6)
    (draft,) = [one.draft for one in citizen.diary if isinstance(one, SubmitCapture)]
    assert draft.parts == (PartKind.PHOTO, PartKind.PHOTO_REPORT)
    assert {fact.missing for fact in draft.fingers} == {MissingFinger.UNDER_AGE}


def test_children_get_their_template_and_more_time(citizen) -> None:
    citizen.to(Screen.PHOTO, AgeBand.FROM_6)
    (start,) = [one for one in citizen.diary if isinstance(one, StartPhoto)]
    assert (start.template, start.seconds) == ("child", 60)


# --- fast touches -------------------------------------------------------------------------------


def test_a_touch_meant_for_the_screen_before_is_ignored(citizen) -> None:
    citizen.to(Screen.BIRTH).do(e.SetBirth(3, 8, AgeBand.FROM_24)).wait(1)
    citizen.do(e.Next("birth"), e.Next("birth"), e.Next("birth"))
    assert citizen.screen is Screen.DETAILS


@pytest.mark.parametrize("screen", ["birth", "photo_choice", "signature", "summary"])
def test_fast_repeated_touches_never_skip_a_step(citizen, screen) -> None:
    citizen.to(Screen(screen))
    if screen == "birth":
        citizen.do(e.SetBirth(3, 8, AgeBand.FROM_24))
    if screen == "signature":
        citizen.do(e.Signed(b"ink"))
    citizen.wait(1).do(e.Next(screen))
    after = citizen.screen
    for _ in range(5):
        citizen.do(e.Next(citizen.screen.value))  # even when the button is at the same place
    assert citizen.screen is after


def test_a_capture_is_submitted_once(citizen) -> None:
    citizen.to(Screen.SUMMARY).wait(1)
    citizen.do(*[e.Next("summary")] * 5, e.Stored("123456784"), *[e.Next("summary")] * 5)
    assert sum(isinstance(one, SubmitCapture) for one in citizen.diary) == 1


def test_a_second_fast_touch_on_the_farewell_begins_no_visit(citizen) -> None:
    citizen.to(Screen.DONE).press("finish").do(e.Begin())
    assert citizen.screen is Screen.ATTRACT
    citizen.press("begin")
    assert citizen.screen is Screen.SERVICES


def test_a_second_fast_touch_does_not_confirm_a_new_start(citizen) -> None:
    citizen.to(Screen.DETAILS).press("start_again").do(e.StartAgain(confirmed=True))
    assert citizen.screen is Screen.DETAILS


def test_under_a_question_the_screen_does_not_move(citizen) -> None:
    citizen.to(Screen.SUMMARY).press("start_again").wait(1).do(e.Next("summary"))
    assert citizen.screen is Screen.SUMMARY


# --- forms --------------------------------------------------------------------------------------


def test_an_incomplete_form_says_what_is_missing(citizen) -> None:
    citizen.to(Screen.DETAILS).press("next")
    assert citizen.screen is Screen.DETAILS
    messages = {one.id: one.message for one in citizen.view.body.fields}
    assert messages["reason"]
    assert not messages["delivery"]


def test_an_impossible_number_is_said_at_once(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Answer("height", "12"))
    (height,) = [one for one in citizen.view.body.fields if one.id == "height"]
    assert "30" in height.message
    assert "250" in height.message


def test_a_day_that_does_not_exist_is_not_taken(citizen) -> None:
    citizen.to(Screen.BIRTH).do(e.SetBirth(31, 2, AgeBand.FROM_24)).press("next")
    assert citizen.screen is Screen.BIRTH
    assert citizen.view.body.message


def test_the_29th_of_february_is_a_birthday(citizen) -> None:
    citizen.to(Screen.BIRTH).do(e.SetBirth(29, 2, AgeBand.FROM_24)).press("next")
    assert citizen.screen is Screen.DETAILS


def test_answers_to_questions_that_are_not_asked_are_ignored(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Answer("family_name", "Muster"))
    assert citizen.visit.answer("family_name") == ""


def test_who_cannot_apply_here_is_sent_to_the_counter(citizen) -> None:
    citizen.to(Screen.DETAILS).answer().do(e.Answer("german", "no")).press("next")
    assert citizen.view.question.id == "refer"
    assert "Staatsangehörigkeit" in citizen.view.question.text
    citizen.press("counter")
    assert citizen.screen is Screen.COUNTER


def test_who_is_referred_can_change_the_answer(citizen) -> None:
    citizen.to(Screen.DETAILS).answer().do(e.Answer("german", "no")).press("next", "stay")
    citizen.do(e.Answer("german", "yes")).press("next")
    assert citizen.screen is Screen.PHOTO


def test_the_refused_answer_is_marked_until_it_is_changed(citizen) -> None:
    citizen.to(Screen.DETAILS).answer().do(e.Answer("german", "no")).press("next", "stay")
    marked = {one.id: one.message for one in citizen.view.body.fields if one.message}
    assert marked == {"german": "Mit dieser Antwort geht es hier nicht weiter."}
    citizen.do(e.Answer("german", "yes"))
    assert not [one for one in citizen.view.body.fields if one.message]


def test_a_refusal_offers_a_person_who_does_not_cover_the_question(citizen) -> None:
    citizen.to(Screen.DETAILS).answer().do(e.Answer("german", "no")).press("next")
    assert [one.id for one in citizen.view.question.buttons] == ["stay", "help", "counter"]
    assert citizen.press("help").view.question is None
    assert citizen.view.call is not None


def test_small_children_get_a_hint_and_no_block(citizen) -> None:
    citizen.to(Screen.BIRTH).do(e.SetBirth(1, 1, AgeBand.UNDER_6))
    assert "Fotograf" in citizen.view.body.message
    citizen.press("next")
    assert citizen.screen is Screen.DETAILS


# --- revising ------------------------------------------------------------------------------------


def test_from_the_summary_to_a_step_and_straight_back(citizen) -> None:
    citizen.to(Screen.SUMMARY).press("revise:details")
    assert citizen.screen is Screen.DETAILS
    citizen.do(e.Answer("delivery", "by_post")).press("next")
    assert citizen.screen is Screen.SUMMARY
    assert citizen.view.body.total[1] == "67,00 €"


def test_a_younger_age_asks_for_what_became_necessary(citizen) -> None:
    citizen.to(Screen.SUMMARY, AgeBand.UNDER_6).press("revise:birth")
    citizen.do(e.SetBirth(3, 8, AgeBand.FROM_24)).press("next")
    assert citizen.screen is Screen.FINGERS
    citizen.give_fingers().press("next")
    assert citizen.screen is Screen.SIGNATURE
    citizen.do(e.Signed(b"ink")).press("next")
    assert citizen.screen is Screen.SUMMARY


def test_revising_the_photo_keeps_the_photo(citizen) -> None:
    citizen.to(Screen.SUMMARY).press("revise:photo")
    assert citizen.screen is Screen.PHOTO_CHOICE
    citizen.press("next")
    assert citizen.screen is Screen.SUMMARY


# --- leaving --------------------------------------------------------------------------------------


def test_starting_again_asks_once_and_then_forgets(citizen) -> None:
    citizen.to(Screen.SIGNATURE).forget_diary().press("start_again")
    assert citizen.view.question.id == "start_again"
    assert citizen.screen is Screen.SIGNATURE
    citizen.press("confirm")
    assert citizen.screen is Screen.ATTRACT
    assert Forget() in citizen.diary
    assert citizen.visit.birth.day is None


def test_staying_keeps_everything(citizen) -> None:
    citizen.to(Screen.SIGNATURE).press("start_again", "stay")
    assert citizen.visit.question == ""
    assert citizen.visit.birth.day == 3


def test_going_to_the_counter_says_what_to_do_and_forgets(citizen) -> None:
    citizen.to(Screen.FINGERS).press("language").forget_diary().press("counter", "confirm")
    assert citizen.screen is Screen.COUNTER
    assert citizen.done()[:2] == ["StopFinger", "Forget"]  # wiped before the farewell shows
    assert citizen.view.look.language == "en"
    assert citizen.visit.photo.pictures == ()
    citizen.wait(21)
    assert citizen.screen is Screen.ATTRACT


def test_the_look_is_reset_for_the_next_citizen(citizen) -> None:
    citizen.to(Screen.DETAILS).press("contrast", "text_size", "language", "speech", "reach")
    assert citizen.visit.look == Look("en", Contrast.HIGH, 1.15, speech=True, reach=True)
    citizen.press("start_again", "confirm")
    assert citizen.visit.look == Look()


def test_what_could_not_be_stored_goes_back_to_the_summary(citizen) -> None:
    citizen.to(Screen.STORING).do(e.NotStored("OUT-001"))
    assert citizen.screen is Screen.SUMMARY
    assert "OUT-001" in citizen.view.notice
    citizen.press("next").do(e.Stored("123456784"))
    assert citizen.screen is Screen.DONE


def test_the_receipt_is_printed_and_may_be_printed_again(citizen) -> None:
    citizen.to(Screen.DONE).press("print", "print", "print", "print", "print")
    assert sum(isinstance(one, Print) for one in citizen.diary) == 4


def test_every_step_is_journaled_and_the_attract_screen_is_not(citizen) -> None:
    citizen.to(Screen.DONE)
    assert sum(isinstance(one, SaveJournal) for one in citizen.diary) >= 10
    citizen.forget_diary().press("finish")
    assert citizen.done_with_journal() == ["StopSpeech", "Forget"]


def test_another_service_starts_its_own_answers(citizen) -> None:
    citizen.to(Screen.DETAILS).answer().press("back", "back", "back", "service:passport")
    assert citizen.visit.answers == ()
    assert citizen.visit.birth.day == 3


def test_sealing_holds_the_picture_that_was_chosen(citizen, make_photo) -> None:
    citizen.to(Screen.PHOTO).do(e.PhotoCame(make_photo(0, 2)), e.PhotoCame(make_photo(1, 2)))
    citizen.press("photo:1").forget_diary().press("next")
    sealed = [one for one in citizen.diary if isinstance(one, SealPart)]
    assert [one.kind for one in sealed] == [PartKind.PHOTO, PartKind.PHOTO_REPORT]
    assert sealed[0].content == b"\xff\xd8 a face"


def test_the_journal_knows_of_the_hand_over_before_it_begins(citizen) -> None:
    citizen.to(Screen.SUMMARY).forget_diary().press("next")
    assert citizen.done_with_journal() == ["SaveJournal", "SubmitCapture"]


def test_what_was_handed_over_leaves_the_memory_before_the_number_shows(citizen) -> None:
    citizen.to(Screen.DONE)
    assert citizen.visit.photo.pictures == ()
    assert citizen.visit.signature.png is None
    assert (citizen.visit.birth.day, citizen.visit.fingers.right) == (None, None)
    assert KeepPictures(()) in citizen.diary
    assert citizen.view.body.fees[-1] == ("Zusammen", "52,00 €")


def test_fast_touches_on_the_birthday_lose_nothing(citizen) -> None:
    citizen.to(Screen.BIRTH)
    citizen.do(e.SetBirth(day=12)).do(e.SetBirth(month=8)).do(e.SetBirth(band=AgeBand.FROM_24))
    assert citizen.visit.birth == Birth(12, 8, AgeBand.FROM_24)
