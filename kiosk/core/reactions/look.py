"""How things are shown and said: language, contrast, text size, speech, reach."""

from dataclasses import replace

from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import Effects, Speak, StopSpeech
from kiosk.core.reactions.moves import Step, stay
from kiosk.core.view import Contrast, Look
from kiosk.core.visit import Visit

TEXT_SCALES = (1.0, 1.15, 1.3)
_NO_SOUND = "notice.no_sound"


def set_language(visit: Visit, event: events.SetLanguage, context: Context) -> Step:
    if event.language not in context.texts.languages:
        return stay(visit)
    return _spoken(visit, replace(visit.look, language=event.language))


def cycle_contrast(visit: Visit, event: events.CycleContrast, context: Context) -> Step:
    other = Contrast.HIGH if visit.look.contrast is Contrast.LIGHT else Contrast.LIGHT
    return _shown(visit, replace(visit.look, contrast=other))


def cycle_text_size(visit: Visit, event: events.CycleTextSize, context: Context) -> Step:
    larger = [scale for scale in TEXT_SCALES if scale > visit.look.text_scale]
    return _shown(visit, replace(visit.look, text_scale=(larger or TEXT_SCALES)[0]))


def toggle_reach(visit: Visit, event: events.ToggleReach, context: Context) -> Step:
    return _shown(visit, replace(visit.look, reach=not visit.look.reach))


def toggle_speech(visit: Visit, event: events.ToggleSpeech, context: Context) -> Step:
    if not context.speech:
        return stay(visit)
    if not visit.look.speech and not context.sound:  # tried all the same: sound may be back
        return _without_sound(visit), (Speak(),)
    look = replace(visit.look, speech=not visit.look.speech)
    return replace(visit, look=look), ((Speak(),) if look.speech else (StopSpeech(),))


def speak_again(visit: Visit, event: events.SpeakAgain, context: Context) -> Step:
    if not context.speech:
        return stay(visit)
    return stay(visit if context.sound else _without_sound(visit), Speak())


def silenced(visit: Visit, context: Context) -> Visit:
    """Switch speech off where it turned out that nothing is heard, and say so until it is."""
    if context.sound:
        return replace(visit, note="") if visit.note == _NO_SOUND else visit
    return _without_sound(visit) if visit.look.speech else visit


def _without_sound(visit: Visit) -> Visit:
    return replace(visit, look=replace(visit.look, speech=False), note=_NO_SOUND, code="")


def _shown(visit: Visit, look: Look) -> Step:
    return stay(replace(visit, look=look))


def _spoken(visit: Visit, look: Look) -> Step:
    saying: Effects = (Speak(),) if look.speech else ()
    return replace(visit, look=look), saying
