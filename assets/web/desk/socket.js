// The desk's line to the exchange: one socket, a sign of life each second, back after any break.

import { checkSession } from "./api.js";

const SILENCE_MS = 3000;
const WAITS = [0.5, 1, 2, 4, 8, 10];
const WANTED = 0.5; // while a call has something to say
const SIGNED_OUT = 4401;

/** States: connecting, open, lost (with `seconds` to the next try), closed. */
export class Line {
  constructor({ onMessage, onState }) {
    Object.assign(this, { onMessage, onState, state: "closed", tries: 0, seconds: 0, wanted: false });
    this.ticker = new Worker("/static/desk/tick.js");
    this.ticker.addEventListener("message", () => this.tick());
    this.listeners = [];
    addEventListener("online", () => this.retry());
  }

  onTick(listener) {
    this.listeners.push(listener);
  }

  open() {
    this.turn("connecting");
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/desk/api/call`);
    this.socket = socket;
    this.heardAt = performance.now();
    socket.addEventListener("open", () => this.opened(socket));
    socket.addEventListener("message", (event) => this.heard(socket, event.data));
    socket.addEventListener("close", (event) => this.broke(socket, event.code));
  }

  /** Send one message; says whether it went out. */
  say(message) {
    if (this.state !== "open") {
      this.wanted = true;
      return false;
    }
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Close for good, until `open`. */
  close() {
    const socket = this.socket;
    this.socket = null;
    this.turn("closed");
    socket?.close();
  }

  retry() {
    if (this.state !== "lost") return;
    this.tries = 0;
    this.open();
  }

  opened(socket) {
    if (socket !== this.socket) return socket.close();
    this.tries = 0;
    this.turn("open");
  }

  heard(socket, text) {
    if (socket !== this.socket) return;
    this.heardAt = performance.now();
    const message = JSON.parse(text);
    if (message.type !== "ping") this.onMessage(message);
  }

  tick() {
    if (this.state === "open") {
      this.say({ type: "ping" });
      if (performance.now() - this.heardAt > SILENCE_MS) this.broke(this.socket, 0);
    } else if (this.state === "lost" && --this.seconds > 0) {
      this.turn("lost");
    } else if (this.state === "lost") {
      this.open();
    }
    for (const listener of this.listeners) listener();
  }

  async broke(socket, code) {
    if (socket !== this.socket) return;
    const before = this.state;
    this.socket = null;
    socket.close();
    const wait = this.wanted ? WANTED : WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.seconds = wait * (0.8 + 0.4 * Math.random());
    this.wanted = false;
    this.turn("lost");
    if (code !== SIGNED_OUT && before !== "connecting") return;
    try {
      await checkSession(); // a refused handshake tells a page nothing
    } catch {
      return; // no server: the next try comes by itself
    }
    if (code === SIGNED_OUT) this.retry();
  }

  turn(state) {
    this.state = state;
    this.onState(state, Math.max(1, Math.round(this.seconds)));
  }
}
