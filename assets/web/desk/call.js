// The call at this desk: ringing, connecting, talking, over; its panel works beside an open capture.

import { h, icon, byId, announce } from "./dom.js";
import { languageName, stepName } from "./line.js";
import { Peer } from "./peer.js";
import { allowSound, ringTick, startRing, stopRing, whySilent } from "./ring.js";
import { clock, has, t, tx } from "./texts.js";

const FAULTS = {
  denied: "call.no_camera", no_devices: "call.no_camera", insecure: "call.insecure",
  no_picture: "call.no_picture_device", no_sound: "call.no_sound_device",
};
const GONE = "CALL-602";
const GIVE_UP_MS = 10_000; // with neither picture nor server, as the terminal does
const HIDDEN = { class: "visually-hidden" };
const LINKS = { good: ["signal", "ok"], weak: ["triangle-alert", "warn"], lost: ["unplug", "bad"] };

export class Call {
  constructor({ say, media, line, isAvailable, mayCall }) {
    Object.assign(this, { say, media, line, isAvailable, mayCall });
    this.reset();
    byId("mute").addEventListener("click", () => this.mute());
    byId("camera").addEventListener("click", () => this.camera());
    byId("enlarge").addEventListener("click", () => this.enlarge());
    byId("hang-up").addEventListener("click", () => this.hangUp());
    byId("play").addEventListener("click", () => this.play());
    for (const event of ["playing", "resize", "emptied"])
      byId("remote").addEventListener(event, () => this.words());
    this.show();
  }

  reset() {
    this.peer?.close();
    Object.assign(this, {
      state: "idle", id: null, entry: null, peer: null, link: null, screen: null, since: 0, quiet: false,
    });
    this.theirs = { camera: true, microphone: true };
  }

  get busy() {
    return this.state === "connecting" || this.state === "talking";
  }

  // --- what the exchange says ------------------------------------------------------------------

  hear(message) {
    if (message.type === "ring") this.ring(message.call);
    else if (message.type === "taken") this.taken(message);
    else if (message.call !== this.id) return;
    else if (message.type === "ended") this.over(message.reason);
    else if (message.type === "step") this.step(message);
    else if (message.type === "devices") this.devices(message);
    else this.peer?.hear(message).catch((fault) => this.faulty(fault));
  }

  ring(call) {
    if (this.busy) this.over("clerk_lost"); // only a desk without a call is rung
    Object.assign(this, { state: "ringing", id: call, entry: this.line.entry(call), note: null });
    this.line.setRinging(call);
    startRing(t("line.ring_title", { place: this.entry?.place ?? "" }));
    this.say_ring();
    this.show();
  }

  /** The line tells more about a ringing call than the ring does. */
  lineChanged() {
    if (!this.id) return;
    const entry = this.line.entry(this.id);
    if (this.hasLost(entry)) return;
    const news = entry && !this.entry;
    this.entry = entry ?? this.entry;
    if (this.state === "ringing" && news) this.say_ring();
    this.show();
  }

  /** The line is the truth: end a call that it gives to nobody or to somebody else. */
  hasLost(entry) {
    const free = entry && entry.clerk === null;
    const gone = entry?.clerk !== this.line.me && (this.busy || (this.state === "ringing" && this.entry && !free));
    if (!gone) return false;
    this.over(!this.busy ? "cancelled" : !entry ? "hung_up" : entry.clerk ? "elsewhere" : "clerk_lost");
    return true;
  }

  say_ring() {
    if (!this.entry) return;
    const { place, service, step } = this.entry;
    const name = this.line.services[service]?.name ?? service;
    const where = has(`step.${step}`) ? `@step.${step}` : step;
    announce(t("line.ring_said", { place, service: name, step: where }), true);
  }

  taken({ call, ice, seconds }) {
    this.stopRing();
    if (this.id !== call || !this.peer) {
      const quiet = this.accepted !== call; // begun in another window, or before a reload
      this.reset();
      Object.assign(this, { state: "connecting", id: call, entry: this.line.entry(call), note: null, quiet });
      this.earlier = seconds; // talked before, in another window
      this.peer = new Peer({
        call, say: this.say, media: this.media,
        onStream: (stream) => this.picture(stream),
        onLink: (link) => this.linkIs(link),
      });
      this.media.switch(!quiet, !quiet);
      announce(t(quiet ? "call.joined_quiet" : "call.connecting"), quiet);
    }
    this.peer.ice = ice.map(({ urls, username, credential }) => ({ urls, username, credential }));
    this.media.open().then(() => this.tellDevices());
    this.show();
  }

  step({ step, view }) {
    this.screen = { step, view };
    this.showScreen();
  }

  devices({ camera, microphone }) {
    this.theirs = { camera, microphone };
    this.show();
  }

  over(reason) {
    const rang = this.state === "ringing";
    this.stopRing();
    this.reset();
    this.note = rang && reason !== "cancelled" ? null : `call.ended_${reason}`;
    if (this.note) announce(t(this.note), true);
    byId("remote").srcObject = null;
    this.accepted = null;
    this.media.switch(true, true);
    if (!this.isAvailable()) this.media.close();
    this.show();
  }

  /** End what goes on here without a word to the exchange; nothing to end says nothing. */
  drop(reason) {
    if (this.state === "idle") return;
    if (this.busy) return this.over(reason);
    this.stopRing();
    this.reset();
    return this.show();
  }

  refused(code) {
    if (!has(`call.refused_${code}`)) return false;
    if (code === GONE && (this.state !== "idle" || this.note)) return true; // said of an older call
    if (this.state === "ringing") this.over("busy");
    this.note = `call.refused_${code}`;
    announce(t(this.note), true);
    this.show();
    return true;
  }

  // --- what the clerk does -----------------------------------------------------------------------

  accept(call = this.id) {
    if (!call || this.busy) return;
    allowSound();
    this.media.open();
    const inside = byId("call-ring").contains(document.activeElement) || byId("line").contains(document.activeElement);
    this.accepted = call;
    this.say({ type: "accept", call });
    if (inside) byId("call").querySelector("h2").focus();
  }

  decline(call = this.id) {
    if (!call || this.busy) return;
    this.say({ type: "decline", call });
    this.stopRing();
    this.reset();
    this.show();
  }

  hangUp() {
    if (!this.busy) return;
    this.say({ type: "hangup", call: this.id, reason: "hung_up" });
    this.over("hung_up");
  }

  /** A call that was taken over quietly: let the citizen see and hear the clerk again. */
  goLive() {
    this.quiet = false;
    this.media.switch(true, true);
    this.tellDevices();
    announce(t("call.live"));
    byId("mute").focus();
  }

  mute() {
    if (!this.busy) return;
    this.quiet = false;
    this.media.switch(this.media.camera, !this.media.microphone);
    this.tellDevices();
    announce(t(this.media.microphone ? "call.unmute" : "call.muted"));
  }

  camera() {
    if (!this.busy) return;
    this.quiet = false;
    this.media.switch(!this.media.camera, this.media.microphone);
    this.tellDevices();
    announce(t(this.media.camera ? "call.camera_on" : "call.camera_off"));
  }

  enlarge() {
    byId("call").classList.toggle("call--large");
    this.show();
  }

  tellDevices() {
    if (!this.busy) return;
    const has = (kind) => Boolean(this.media.track(kind)?.enabled);
    this.say({ type: "devices", call: this.id, camera: has("video"), microphone: has("audio") });
  }

  // --- media -----------------------------------------------------------------------------------

  picture(stream) {
    if (byId("remote").srcObject !== stream) byId("remote").srcObject = stream;
    this.play();
  }

  play() {
    byId("remote").play().then(
      () => (byId("play").hidden = true),
      (reason) => (byId("play").hidden = reason.name !== "NotAllowedError"));
  }

  linkIs(link) {
    if (link === "good" && this.state === "connecting") {
      this.state = "talking";
      this.since = performance.now() - 1000 * this.earlier;
      announce(t("call.talking"));
    } else if (link && link !== "good") {
      announce(t(`call.link_${link}`), true);
    }
    if (link === "lost" && this.link !== link) this.lostAt = performance.now();
    this.link = link ?? this.link;
    this.show();
  }

  /** In a call the socket is wanted back soon: each word that cannot go out shortens its wait. */
  seekServer() {
    const online = !this.busy || this.say({ type: "ping" });
    const lost = this.link === "lost" && performance.now() - this.lostAt > GIVE_UP_MS;
    if (lost && !online) this.over("broken");
  }

  faulty(fault) {
    console.error(fault);
    this.linkIs("lost");
  }

  /** Camera or microphone came, went or were switched. */
  mediaChanged() {
    if (this.busy) this.peer.sendTracks().catch((fault) => this.faulty(fault));
    this.show();
  }

  tick() {
    ringTick();
    this.showSilent();
    this.seekServer();
    this.peer?.tick().catch((fault) => this.faulty(fault));
    if (this.state === "talking") byId("call-clock").textContent = clock((performance.now() - this.since) / 1000);
  }

  stopRing() {
    stopRing();
    this.line.setRinging(null);
  }

  // --- the panel ---------------------------------------------------------------------------------

  show() {
    const panel = byId("call");
    panel.dataset.state = this.state;
    const heading = { idle: "call.title", ringing: "call.ringing", connecting: "call.connecting", talking: "call.talking" };
    byId("call-heading").replaceChildren(tx(heading[this.state]));
    if (this.state !== "talking") byId("call-clock").textContent = "";
    this.showRing();
    this.showStage();
    this.showKeys();
    this.showScreen();
    this.showNotes();
  }

  showRing() {
    const place = byId("call-ring");
    place.hidden = this.state !== "ringing";
    const about = `${this.id} ${this.entry?.step ?? ""}`;
    if (place.hidden || place.dataset.about === about) return;
    place.dataset.about = about;
    const { entry } = this;
    place.replaceChildren(
      entry ? h("div", {},
        h("p", { class: "ring__who" }, entry.place),
        h("p", { class: "muted" }, entry.terminal, " · ", this.line.serviceName(entry.service), " · ",
          stepName(entry.step), " · ", languageName(entry.language))) : "",
      h("div", { class: "ring__keys" },
        h("button", {
          type: "button", class: "kern-btn kern-btn--call", id: "ring-accept", "aria-keyshortcuts": "Alt+A",
          onclick: () => this.accept(),
        }, icon("phone"), tx("line.accept", {}, { class: "kern-label" }), tx("line.of_ring", {}, HIDDEN)),
        h("button", {
          type: "button", class: "kern-btn kern-btn--tertiary", id: "ring-decline", "aria-keyshortcuts": "Alt+W",
          onclick: () => this.decline(),
        }, tx("line.decline", {}, { class: "kern-label" }), tx("line.of_ring", {}, HIDDEN))),
      h("p", { class: "muted", id: "ring-silent" }));
    this.showSilent();
  }

  showSilent() {
    const why = whySilent();
    byId("ring-silent")?.replaceChildren(why ? tx(why) : "");
  }

  showStage() {
    const own = byId("local");
    const stream = this.media.track("video") ? this.media.stream : null;
    if (own.srcObject !== stream) own.srcObject = stream;
    own.hidden = !stream || (this.busy && !this.media.camera);
    this.words();
  }

  words() {
    const showing = byId("remote").videoWidth > 0 && byId("remote").srcObject;
    byId("remote").hidden = !this.theirs.camera; // the last picture must not stay, its sound goes on
    const id = this.busy
      ? (this.link === "lost" ? "call.link_lost" : !this.theirs.camera ? "call.citizen_camera_off"
        : showing ? "" : "call.waiting_picture")
      : "";
    byId("stage-words").replaceChildren(id ? tx(id) : "");
  }

  showKeys() {
    byId("call-keys").hidden = !this.busy;
    const large = byId("call").classList.contains("call--large");
    const key = (id, on, sign, text) => {
      byId(id).setAttribute("aria-pressed", String(on));
      byId(id).replaceChildren(icon(sign), tx(text));
    };
    const { camera, microphone } = this.media;
    key("mute", !microphone, microphone ? "mic" : "mic-off", "call.mute");
    key("camera", !camera, camera ? "video" : "video-off", "call.camera_off");
    key("enlarge", large, large ? "minimize-2" : "maximize-2", "call.enlarge");
    const [sign, tone] = LINKS[this.link] ?? [];
    byId("call-state").replaceChildren(...(this.busy ? [
      sign ? h("span", { class: `state state--${tone}`, data: { link: this.link } }, icon(sign), tx(`call.link_${this.link}`)) : "",
      microphone ? "" : h("span", { class: "state state--warn" }, icon("mic-off"), tx("call.muted")),
      camera ? "" : h("span", { class: "state state--warn" }, icon("video-off"), tx("call.own_camera_off")),
      this.theirs.microphone ? "" : h("span", { class: "state state--warn" }, icon("mic-off"), tx("call.citizen_muted")),
    ] : []));
  }

  showScreen() {
    const place = byId("call-screen");
    place.hidden = !this.busy;
    if (place.hidden) return;
    const step = this.screen?.step ?? this.entry?.step;
    const lines = Object.values(this.screen?.view ?? {}).filter(Boolean);
    place.replaceChildren(
      h("p", { class: "screen__step" }, h("span", { class: "muted" }, tx("call.step")),
        h("strong", {}, step ? stepName(step) : "–")),
      lines.length ? h("div", { lang: this.entry?.language }, lines.map((line) => h("p", {}, line)))
        : this.screen ? "" : h("p", { class: "muted" }, tx("call.screen_none")));
  }

  showNotes() {
    const fault = FAULTS[this.media.fault];
    const idle = this.state === "idle";
    byId("call-notes").replaceChildren(
      this.busy && this.quiet ? h("div", { class: "notice notice--warn" }, icon("mic-off"), h("div", {},
        h("p", {}, tx("call.joined_quiet")),
        h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--primary", id: "go-live", onclick: () => this.goLive() },
          icon("mic"), tx("call.go_live", {}, { class: "kern-label" })))) : "",
      fault ? h("p", { class: "notice notice--warn", role: "alert" }, icon("video-off"), tx(fault)) : "",
      idle && this.note ? h("p", { class: "notice notice--info" }, icon("info"), tx(this.note)) : "",
      idle && !fault && !this.note
        ? h("p", { class: "muted" }, tx(!this.mayCall ? "call.no_right" : this.media.stream ? "call.idle_ready" : "call.idle_pause")) : "");
  }
}
