// The desk: wires the line, the captures, the open capture and the call into one window.

import { setCsrf } from "./api.js";
import { Call } from "./call.js";
import { Captures } from "./captures.js";
import { icon, byId, announce, focusOn } from "./dom.js";
import { WaitingLine } from "./line.js";
import { Lookup } from "./lookup.js";
import { Media } from "./media.js";
import { problemBox, Problem } from "./problems.js";
import { Review } from "./review.js";
import { allowSound } from "./ring.js";
import { setLogin } from "./session.js";
import { listen, showList } from "./shortcuts.js";
import { confirmSignOut } from "./sign_out.js";
import { Line } from "./socket.js";
import * as texts from "./texts.js";
import { Windows, windowNotice } from "./windows.js";

const { t, tx } = texts;
const FALLBACK_SECONDS = 60; // without a socket nobody tells us that captures changed
const SOCKET_SIGNS = { connecting: "refresh-cw", open: "wifi", lost: "unplug", elsewhere: "monitor", no_right: "info" };

const start = JSON.parse(byId("start").textContent);
const mayCall = start.rights.includes("calls");
const mayReview = start.rights.includes("captures");
const state = { available: false, seconds: 0, leaving: false };

await texts.load();
setCsrf(start.staff.csrf);
setLogin(start.staff.login, { onExpired: expired, onReturned: returned });

const media = new Media(() => call?.mediaChanged());
const isAvailable = () => state.available;
let call = null;

const waiting = new WaitingLine({
  me: start.staff.login, services: start.services, isAvailable,
  onAccept: (id) => call.accept(id), onDecline: (id) => call.decline(id),
});
const captures = new Captures({
  me: start.staff.login, services: start.services, mayOpen: mayReview, mayTrail: start.rights.includes("trail"),
  onOpen: (row) => review.open(row.capture_id),
  onEnded: (row) => review.showEnded(row),
  onRows: (rows) => review.reconcile(rows),
  onAskNumber: () => {
    announce(t("captures.ask_number"));
    lookup.focus();
  },
});
const lookup = new Lookup({ mayUnlock: start.rights.includes("unlock"), onFound: (detail) => review.show(detail) });
const review = new Review({
  me: start.staff.login,
  services: start.services, schema: start.case_fields, mayReview,
  onShown: (id) => captures.mark(id),
  onFinished: () => captures.refresh(),
  onNext: () => (mayReview ? lookup.focus() : focusOn(byId("captures-title"))),
});
const socket = new Line({ onMessage: hear, onState: showSocket });
const windows = new Windows((isElsewhere) => banner("elsewhere", isElsewhere && windowNotice(takeBack)), () => takeLine());
call = new Call({ say: (message) => socket.say(message), media, line: waiting, isAvailable, mayCall });

function hear(message) {
  if (message.type === "line") {
    waiting.show(message.calls);
    call.lineChanged();
  } else if (message.type === "welcome") welcome(message);
  else if (message.type === "captures") captures.refresh();
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
  showAvailable(available);
  announce(t(available ? "desk.available_said" : "desk.unavailable_said"));
  waiting.render();
  if (available) {
    allowSound();
    await media.open();
  } else if (!call.busy) media.close();
  if (state.available === available) socket.say({ type: "available", available });
}

function showAvailable(available) {
  state.available = available;
  byId("availability").setAttribute("aria-checked", String(available));
}

function showSocket(now, seconds) {
  const shown = windows.elsewhere ? "elsewhere" : mayCall ? now : "no_right";
  const place = byId("socket");
  byId("availability").disabled = shown !== "open";
  byId("socket-retry").hidden = shown !== "lost";
  if (now === "open" && !windows.elsewhere) greet();
  if (now === "lost" && windows.elsewhere) socket.close(); // coming back would take the line over again
  place.setAttribute("aria-live", now === "lost" && place.dataset.state === "lost" ? "off" : "polite");
  place.dataset.state = shown;
  if (shown === "closed") return place.replaceChildren();
  return place.replaceChildren(icon(SOCKET_SIGNS[shown]), tx(`socket.${shown}`, { seconds }));
}

/** The server keeps for the session whether calls are wanted; if it has no word of it, ours counts. */
function welcome({ available }) {
  if (available === null) socket.say({ type: "available", available: state.available });
  else showAvailable(available);
  waiting.render();
  call.show();
  if (state.available) media.open();
}

function greet() {
  call.tellDevices();
  captures.refresh();
}

// --- the session -----------------------------------------------------------------------------------

/** Nobody is signed in: the call goes back to the line, nothing is filmed or shown. */
function expired() {
  call.drop("signed_out");
  socket.close();
  media.close();
}

function returned() {
  if (mayCall && !windows.elsewhere) socket.open();
}

function signOut(event) {
  if (!call.busy && !review.isTyped) return leave();
  event.preventDefault();
  return confirmSignOut(call.busy ? "call" : "typed", () => {
    call.hangUp();
    leave();
    byId("sign-out").submit();
  });
}

/** The server closes the socket of a session that ends; going on purpose must not look like that. */
function leave() {
  state.leaving = true;
  socket.close();
}

// --- several windows of one clerk -----------------------------------------------------------------

function leaveToOtherTab() {
  showAvailable(false);
  call.drop("elsewhere");
  media.close();
  windows.lost();
  showSocket(socket.state, 0);
}

function takeLine() {
  windows.taken();
  socket.close();
  socket.open();
}

function takeBack() {
  takeLine();
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
byId("sign-out").addEventListener("submit", signOut);
byId("language").addEventListener("click", () => {
  texts.switchLanguage();
  byId("language").lang = texts.current() === "de" ? "en" : "de";
});
addEventListener("pointerdown", allowSound, { once: true });
addEventListener("beforeunload", (event) => {
  if (!state.leaving && (call.busy || review.isTyped)) event.preventDefault();
});
socket.onTick(() => {
  waiting.tick();
  call.tick();
  if (socket.state !== "open" && ++state.seconds % FALLBACK_SECONDS === 0) captures.refresh();
});
const ofCalls = {
  accept: () => call.accept(call.id ?? waiting.calls.find((each) => each.clerk === null)?.call),
  decline: () => call.decline(),
  hang_up: () => call.hangUp(),
  mute: () => call.mute(),
  camera: () => call.camera(),
  available: () => setAvailable(!state.available),
};
const ofCaptures = {
  lookup: () => lookup.focus(),
  capture: () => focusOn(byId("capture-title") ?? byId("capture")),
  release: () => review.focusForm(),
};
listen({ ...(mayCall && ofCalls), ...(mayReview && ofCaptures) });

captures.refresh();
if (mayCall) socket.open();
else showSocket("closed", 0);
