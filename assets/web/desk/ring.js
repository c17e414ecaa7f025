// The ring: two soft tones by WebAudio, and the window's title, for whoever looks elsewhere.

const PATIENCE_MS = 2000; // a browser needs a moment to begin with sound

let audio = null;
let allowedAt = 0;
let usual = document.title;
let ringing = null; // the title while it rings
let beat = 0;

/** Must be called from a click or key once; browsers allow no sound before. */
export function allowSound() {
  if (!audio) allowedAt = performance.now();
  audio ??= new AudioContext();
  audio.resume();
}

const sounds = () => audio?.state === "running";

/** The id of the text that says why a ring is not heard; "" when it is, or will be in a moment. */
export function whySilent() {
  if (sounds()) return "";
  if (!audio) return "line.sound_blocked";
  return performance.now() - allowedAt > PATIENCE_MS ? "line.no_sound" : "";
}

export function startRing(title) {
  if (ringing === null) usual = document.title;
  ringing = title;
  beat = 0;
  ringTick();
}

export function stopRing() {
  if (ringing === null) return;
  ringing = null;
  document.title = usual;
}

/** Call once a second. */
export function ringTick() {
  if (ringing === null) return;
  document.title = beat % 2 ? usual : `\u260e ${ringing}`;
  if (beat++ % 3 === 0 && sounds()) chime();
}

function chime() {
  [[659.3, 0], [880, 0.22], [659.3, 0.6], [880, 0.82]].forEach(([pitch, after]) => {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const at = audio.currentTime + after;
    tone.type = "sine";
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.22, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.34);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.36);
  });
}
