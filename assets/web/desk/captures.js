// Captures of the day: state, age of the list, filter; nothing here names a person.

import { ask } from "./api.js";
import { h, icon, byId } from "./dom.js";
import { problemBox } from "./problems.js";
import { moment, tx, words, has } from "./texts.js";

const STATES = {
  stored: ["hourglass", "warn"], retrieved: ["eye", "ok"], released: ["circle-check", "ok"],
  rejected: ["circle-x", "bad"], expired: ["clock", "open"],
};
const LIVE = new Set(["stored", "retrieved"]);

export const bandName = (band) => (has(`band.${band}`) ? tx(`band.${band}`) : band);

export const holderName = (row) => row.retrieved_by_name ?? row.retrieved_by;
export const isLive = (row) => LIVE.has(row.state);

export class Captures {
  constructor({ me, services, mayOpen, mayTrail, onOpen, onEnded, onRows, onAskNumber }) {
    Object.assign(this, { me, services, mayOpen, mayTrail, onOpen, onEnded, onRows, onAskNumber, rows: [], shown: null });
    this.filter = "open";
    this.filters = {
      open: (row) => LIVE.has(row.state),
      mine: (row) => LIVE.has(row.state) && row.retrieved_by === me,
      done: (row) => !LIVE.has(row.state),
      all: () => true,
    };
    byId("captures-filter").replaceChildren(...Object.keys(this.filters).map((name) =>
      h("button", { type: "button", data: { filter: name }, onclick: () => this.use(name) },
        tx(`captures.filter_${name}`))));
    this.use("open");
  }

  use(name) {
    this.filter = name;
    for (const button of byId("captures-filter").children)
      button.setAttribute("aria-pressed", String(button.dataset.filter === name));
    this.render();
  }

  /** Fetch the list; one request at a time, and once more if something changed meanwhile. */
  async refresh() {
    if (this.fetching) return (this.again = true);
    this.fetching = true;
    try {
      this.rows = (await ask("GET", "/captures")).captures;
      this.problem = null;
      this.onRows(this.rows);
    } catch (problem) {
      this.problem = problem;
    }
    this.fetching = false;
    this.render();
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
    return undefined;
  }

  /** Mark the capture that is open in the middle. */
  mark(captureId) {
    this.shown = captureId;
    this.render();
  }

  render() {
    const place = byId("captures");
    const focused = document.activeElement?.dataset?.capture;
    const rows = this.rows.filter(this.filters[this.filter]);
    place.replaceChildren(
      this.problem ? problemBox(this.problem) : "",
      rows.length
        ? h("ul", { class: "captures" }, rows.map((row) => this.row(row)))
        : h("p", { class: "empty" }, tx(`captures.empty_${this.filter}`)));
    if (focused) place.querySelector(`[data-capture="${CSS.escape(focused)}"]`)?.focus();
  }

  row(row) {
    const [sign, tone] = STATES[row.state];
    const mine = row.retrieved_by === this.me;
    const act = this.action(row, mine);
    const service = this.services[row.service];
    const props = act ? { type: "button", data: { capture: row.capture_id }, onclick: () => act(row) } : {};
    return h("li", { class: `capture-row${row.capture_id === this.shown ? " capture-row--open" : ""}` },
      h(act ? "button" : "div", { class: "capture-row__body", ...props },
        h("span", { class: "capture-row__name" }, service ? words(service.name) : row.service),
        h("span", { class: `state state--${tone}` }, icon(sign), tx(`state.${row.state}`)),
        h("span", { class: "capture-row__facts" }, moment(row.received_at), " · ", bandName(row.age_band), " · ",
          row.place, this.holder(row, mine))));
  }

  /** What a click on a row does, null if nothing. */
  action(row, mine) {
    if (!LIVE.has(row.state)) return this.mayOpen || this.mayTrail ? this.onEnded : null;
    if (!this.mayOpen) return null;
    return mine ? this.onOpen : this.onAskNumber;
  }

  holder(row, mine) {
    const number = row.case_number ? ` · ${row.case_number}` : "";
    if (!row.retrieved_by) return number;
    if (!LIVE.has(row.state)) return [number, " · ", tx("captures.done_by", { clerk: holderName(row) })];
    return [" · ", mine ? tx("captures.mine") : tx("captures.by", { clerk: holderName(row) })];
  }
}
