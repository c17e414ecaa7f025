// The desk: wires the line, the captures, the open capture and the call into one window.

import { setCsrf } from "./api.js";
import { Call } from "./call.js";
import { Captures } from "./captures.js";
import { h, icon, byId, announce, focusOn } from "./dom.js";
import { WaitingLine } from "./line.js";
import { Lookup } from "./lookup.js";
import { Media } from "./media.js";
import { problemBox, Problem } from "./problems.js";
import { Review } from "./review.js";
import { allowSound } from "./ring.js";
import { setLogin } from "./session.js";
import { listen, showList } from "./shortcuts.js";
import { Line } from "./socket.js";
import * as texts from "./texts.js";

const { t, tx } = texts;
const FALLBACK_SECONDS = 60; // without a socket nobody tells us that captures changed
const SOCKET_SIGNS = { connecting: "refresh-cw", open: "wifi", lost: "unplug", elsewhere: "monitor", no_right: "info" };

const start = JSON.parse(byId("start").textContent);
const mayCall = start.rights.includes("calls");
const mayReview = start.rights.includes("captures");
const state = { available: false, elsewhere: false, seconds: 0 };

await texts.load();
setCsrf(start.staff.csrf);
setLogin(start.staff.login);

const media = new Media(() => call?.mediaChanged());
const isAvailable = () => state.available;
let call = null;

const waiting = new WaitingLine({
  me: start.staff.login, services: start.services, isAvailable,
  onAccept: (id) => call.accept(id), onDecline: (id) => call.decline(id),
});
const captures = new Captures({
  me: start.staff.login, services: start.services, mayOpen: mayReview,
  onOpen: (row) => review.open(row.capture_id),
  onAskNumber: () => {
    announce(t("captures.ask_number"));
    lookup.focus();
  },
});
const lookup = new Lookup({ onFound: (detail) => review.show(detail) });
const review = new Review({
  services: start.services, schema: start.case_fields, mayReview,
  onShown: (id) => captures.mark(id),
  onFinished: () => captures.refresh(),
  onNext: () => lookup.focus(),
});
const socket = new Line({ onMessage: hear, onState: showSocket });
call = new Call({ say: (message) => socket.say(message), media, line: waiting, isAvailable, mayCall });

function hear(message) {
  if (message.type === "line") {
    waiting.show(message.calls);
    call.lineChanged();
  } else if (message.type === "captures") captures.refresh();
  else if (message.type === "wrong") wrong(message);
  else call.hear(message);
}

function wrong({ code, cause }) {
  if (code === "CALL-604") leaveToOtherTab();
  else if (!call.refused(code)) banner("wrong", problemBox(new Problem(0, code, cause, "")));
}

// --- ready for calls, and the socket's state ----------------------------------------------------

async function setAvailable(available) {
  if (byId("availability").disabled) return;
  state.available = available;
  byId("availability").setAttribute("aria-checked", String(available));
  announce(t(available ? "desk.available_said" : "desk.unavailable_said"));
  waiting.render();
  if (available) {
    allowSound();
    await media.open();
  } else if (!call.busy) media.close();
  if (state.available === available) socket.say({ type: "available", available });
}

function showSocket(now, seconds) {
  const shown = state.elsewhere ? "elsewhere" : mayCall ? now : "no_right";
  const place = byId("socket");
  byId("availability").disabled = shown !== "open";
  byId("socket-retry").hidden = shown !== "lost";
  if (now === "open" && !state.elsewhere) greet();
  if (now === "lost" && state.elsewhere) socket.close(); // coming back would take the line over again
  place.setAttribute("aria-live", now === "lost" && place.dataset.state === "lost" ? "off" : "polite");
  place.dataset.state = shown;
  if (shown === "closed") return place.replaceChildren();
  return place.replaceChildren(icon(SOCKET_SIGNS[shown]), tx(`socket.${shown}`, { seconds }));
}

/** A fresh socket knows nothing of us. */
function greet() {
  socket.say({ type: "available", available: state.available });
  call.tellDevices();
  captures.refresh();
}

// --- several windows of one clerk -----------------------------------------------------------------

function leaveToOtherTab() {
  state.elsewhere = true;
  state.available = false;
  byId("availability").setAttribute("aria-checked", "false");
  media.close();
  showSocket(socket.state, 0);
  banner("elsewhere", h("div", { class: "notice notice--warn", role: "alert" }, icon("monitor"), tx("tabs.text"),
    h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: takeBack },
      tx("tabs.take", {}, { class: "kern-label" }))));
}

function takeBack() {
  state.elsewhere = false;
  banner("elsewhere", null);
  socket.close();
  socket.open();
  byId("availability").focus();
}

function banner(name, node) {
  byId("banners").querySelector(`[data-banner="${name}"]`)?.remove();
  if (!node) return;
  node.dataset.banner = name;
  byId("banners").append(node);
}

// --- the window ------------------------------------------------------------------------------------

byId("availability").addEventListener("click", () => setAvailable(!state.available));
byId("socket-retry").addEventListener("click", () => socket.retry());
byId("shortcuts").addEventListener("click", showList);
byId("language").addEventListener("click", () => {
  texts.switchLanguage();
  byId("language").lang = texts.current() === "de" ? "en" : "de";
});
addEventListener("pointerdown", allowSound, { once: true });
addEventListener("beforeunload", (event) => {
  if (call.busy) event.preventDefault();
});
socket.onTick(() => {
  waiting.tick();
  call.tick();
  if (socket.state !== "open" && ++state.seconds % FALLBACK_SECONDS === 0) captures.refresh();
});
listen({
  accept: () => call.accept(call.id ?? waiting.calls.find((each) => each.clerk === null)?.call),
  decline: () => call.decline(),
  hang_up: () => call.hangUp(),
  mute: () => call.mute(),
  camera: () => call.camera(),
  available: () => setAvailable(!state.available),
  lookup: () => lookup.focus(),
  capture: () => focusOn(byId("capture-title") ?? byId("capture")),
  release: () => review.focusForm(),
});

if (!mayReview) lookup.disable();
captures.refresh();
if (mayCall) socket.open();
else showSocket("closed", 0);
