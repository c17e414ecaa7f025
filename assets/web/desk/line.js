// Waiting calls as every desk sees them: who, where, what, how long; accept and pass on.

import { h, icon, byId } from "./dom.js";
import { clock, tx, words, has } from "./texts.js";

export const stepName = (step) => (has(`step.${step}`) ? tx(`step.${step}`) : step);
export const languageName = (code) => (has(`language.${code}`) ? tx(`language.${code}`) : code);

export class WaitingLine {
  constructor({ me, services, onAccept, onDecline, isAvailable }) {
    Object.assign(this, { me, services, onAccept, onDecline, isAvailable, calls: [], ringing: null });
    this.at = performance.now();
    this.render();
  }

  show(calls) {
    this.at = performance.now();
    this.calls = calls;
    this.render();
  }

  setRinging(call) {
    this.ringing = call;
    this.render();
  }

  entry(call) {
    return this.calls.find((each) => each.call === call);
  }

  serviceName(id) {
    const service = this.services[id];
    return service ? words(service.name) : id;
  }

  /** Call once a second: waiting times go on between two messages of the server. */
  tick() {
    const since = (performance.now() - this.at) / 1000;
    for (const node of byId("line").querySelectorAll("[data-waits]"))
      node.textContent = clock(Number(node.dataset.waits) + since);
  }

  render() {
    const waiting = this.calls.filter((each) => each.clerk === null).length;
    byId("line-count").textContent = waiting;
    byId("line-count").hidden = waiting === 0;
    const focused = document.activeElement?.dataset?.key;
    byId("line").replaceChildren(...(this.calls.length ? this.calls.map((each) => this.row(each)) : [
      h("li", { class: "empty" }, tx(this.isAvailable() ? "line.empty" : "line.empty_pause")),
    ]));
    if (focused) byId("line").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    this.tick();
  }

  row(each) {
    const ringing = each.call === this.ringing;
    const mine = each.clerk === this.me;
    const kind = ringing ? " caller--ringing" : mine ? " caller--mine" : "";
    return h("li", { class: `caller${kind}`, data: { call: each.call } },
      h("div", { class: "caller__head" },
        h("span", { class: "caller__place" }, each.place),
        each.clerk === null
          ? h("span", { class: "caller__time" }, icon("clock"), " ", h("span", { data: { waits: each.waiting_seconds } }))
          : null),
      h("p", { class: "caller__facts" }, each.terminal, " · ", this.serviceName(each.service), " · ",
        stepName(each.step), " · ", languageName(each.language)),
      this.foot(each, ringing, mine));
  }

  foot(each, ringing, mine) {
    if (each.clerk !== null)
      return h("p", { class: "state state--open" }, icon("phone"),
        mine ? tx("line.with_me") : tx("line.with", { clerk: each.clerk_name ?? each.clerk }));
    const of = tx("line.of", { terminal: each.terminal, place: each.place }, { class: "visually-hidden" });
    return h("div", { class: "caller__keys" },
      h("button", {
        type: "button", class: `kern-btn kern-btn--small ${ringing ? "kern-btn--call" : "kern-btn--secondary"}`,
        data: { key: `accept-${each.call}` }, onclick: () => this.onAccept(each.call),
      }, icon("phone"), tx("line.accept", {}, { class: "kern-label" }), of),
      ringing ? h("button", {
        type: "button", class: "kern-btn kern-btn--small kern-btn--tertiary",
        data: { key: `decline-${each.call}` }, onclick: () => this.onDecline(each.call),
      }, tx("line.decline", {}, { class: "kern-label" }), of.cloneNode(true)) : null);
  }
}
