// The clerk's own camera and microphone: taken when ready for calls, given back in a break.

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** `fault`: "", "denied", "no_picture", "no_sound", "insecure". */
export class Media {
  constructor(onChange) {
    Object.assign(this, { onChange, stream: null, fault: "", camera: true, microphone: true });
    this.opening = null;
  }

  track(kind) {
    return this.stream?.getTracks().find((track) => track.kind === kind) ?? null;
  }

  /** Resolves when the devices are there, or it is clear that they will not be. */
  open() {
    if (this.stream && this.stream.getTracks().every((track) => track.readyState === "live"))
      return Promise.resolve();
    this.opening ??= this.take().finally(() => (this.opening = null));
    return this.opening;
  }

  async take() {
    if (!navigator.mediaDevices) return this.settle(null, "insecure");
    let refused = false;
    for (const [fault, wanted] of [
      ["", { video: PICTURE, audio: SOUND }],
      ["no_picture", { audio: SOUND }],
      ["no_sound", { video: PICTURE }],
    ]) {
      try {
        return this.settle(await navigator.mediaDevices.getUserMedia(wanted), fault);
      } catch (reason) {
        refused ||= reason.name === "NotAllowedError";
        if (refused) break;
      }
    }
    return this.settle(null, refused ? "denied" : "no_devices");
  }

  settle(stream, fault) {
    this.close();
    Object.assign(this, { stream, fault });
    for (const track of stream?.getTracks() ?? [])
      track.addEventListener("ended", () => this.onChange()); // unplugged
    this.switch(this.camera, this.microphone);
  }

  switch(camera, microphone) {
    Object.assign(this, { camera, microphone });
    for (const track of this.stream?.getTracks() ?? [])
      track.enabled = track.kind === "video" ? camera : microphone;
    this.onChange();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    Object.assign(this, { stream: null, fault: "" });
    this.onChange();
  }
}
