"""Speech: a process per sentence, cut by the next one, silent where there is no sound."""

import shutil
import sys

import pytest

from kiosk.runtime.workers.speech import Speech

NEEDS_ESPEAK = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs espeak-ng")


@pytest.fixture
def player(tmp_path):
    """A player that writes what it would have played."""
    code = f"import sys; open({str(tmp_path / 'heard.wav')!r}, 'wb').write(sys.stdin.buffer.read())"
    return [sys.executable, "-c", code]


def test_without_a_player_there_is_silence() -> None:
    speech = Speech(None)
    assert not speech.heard
    speech.say("Guten Tag", "de")
    speech.stop()


@NEEDS_ESPEAK
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_sentence_becomes_sound(player, tmp_path, language) -> None:
    speech = Speech(player)
    speech.say("Bitte stillhalten", language)
    speaking, playing = speech._running
    assert playing.wait(20) == 0
    assert speaking.wait(20) == 0
    heard = (tmp_path / "heard.wav").read_bytes()
    assert heard.startswith(b"RIFF")
    assert len(heard) > 20_000
    assert "Bitte" not in " ".join(speaking.args)  # arguments can be read by everybody
    speech.stop()


@NEEDS_ESPEAK
def test_a_touch_cuts_the_speech_at_once() -> None:
    speech = Speech(
        [sys.executable, "-c", "import sys, time; sys.stdin.buffer.read(1); time.sleep(60)"]
    )
    speech.say("Das ist ein langer Satz", "de")
    playing = speech._running[1]
    speech.stop()
    assert playing.returncode == -9
    assert speech._running is None


@NEEDS_ESPEAK
def test_a_player_that_fails_is_noticed_until_one_sentence_comes_out(tmp_path) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    code = f"import os, sys; sys.stdin.buffer.read(); sys.exit(os.path.exists({str(broken)!r}))"
    speech = Speech([sys.executable, "-c", code])
    assert speech.heard
    _say_it_all(speech)
    assert not speech.heard
    broken.unlink()
    _say_it_all(speech)
    assert speech.heard


def _say_it_all(speech: Speech) -> None:
    speech.say("Guten Tag", "de")
    for process in speech._running:
        process.wait(20)
