// What the papers make of a capture: true age band, the counter's own questions, fee, what follows.

import { ask } from "./api.js";
import { bandName } from "./captures.js";
import { h, icon, announce } from "./dom.js";
import { problemBox } from "./problems.js";
import { money, t, tx, words } from "./texts.js";

const YES_NO = ["yes", "no"];

export class Counter {
  constructor({ captureId, record, service, onPapers }) {
    Object.assign(this, { captureId, record, service, onPapers, answers: {}, asked: 0, found: null, birthDate: "" });
    this.place = h("div", { class: "counter", "aria-live": "polite" });
    this.corrected = h("input", { type: "checkbox", id: "case-corrected", "aria-describedby": "case-corrected-fault",
      onchange: () => this.mark(this.corrected, this.faults.corrected, false),
    });
    this.node = h("fieldset", {}, h("legend", {}, tx("counter.title")), this.place);
    this.inputs = {};
    this.faults = {};
    this.show();
  }

  /** A birth date was typed completely: ask what follows from it. */
  async born(birthDate) {
    if (birthDate === this.birthDate) return;
    this.birthDate = birthDate;
    this.corrected.checked = false;
    await this.reckon();
  }

  /** The birth date is not complete any more. */
  forget() {
    Object.assign(this, { birthDate: "", found: null, asked: this.asked + 1 });
    this.onPapers(null);
    this.show();
  }

  /** Something else that counts was changed: ask again, if there was an answer. */
  refresh() {
    if (this.birthDate) this.reckon();
  }

  async reckon() {
    const turn = ++this.asked;
    try {
      const found = await ask("POST", `/captures/${this.captureId}/fees`, {
        birth_date: this.birthDate, answers: this.answers,
      });
      if (turn !== this.asked) return;
      this.found = found;
      this.show();
      this.onPapers(found);
      if (this.isOtherBand) announce(t("counter.other_band_said"), true);
    } catch (problem) {
      if (turn === this.asked) this.place.replaceChildren(problemBox(problem));
    }
  }

  get isOtherBand() {
    return this.found !== null && this.found.age_band !== this.found.told_age_band;
  }

  /** Return the input that still needs something, null if nothing is missing. */
  fault() {
    const open = this.found?.unanswered[0];
    if (open) return this.inputs[open];
    return this.isOtherBand && !this.corrected.checked ? this.corrected : null;
  }

  /** Say beside each question that is open that it needs an answer. */
  check() {
    const open = this.found?.unanswered ?? [];
    for (const [id, input] of Object.entries(this.inputs)) this.mark(input, this.faults[id], open.includes(id));
    if (this.isOtherBand) this.mark(this.corrected, this.faults.corrected, !this.corrected.checked);
  }

  mark(input, place, isOpen) {
    input.setAttribute("aria-invalid", String(isOpen));
    const text = input === this.corrected ? "counter.confirm" : "field.error_choose";
    place.replaceChildren(...(isOpen ? [icon("circle-x"), tx(text)] : []));
  }

  get isStopped() {
    return Boolean(this.found?.stops.length);
  }

  /** What goes into the release beside the case's fields. */
  said() {
    const asked = this.found?.questions ?? [];
    const answers = Object.fromEntries(Object.entries(this.answers).filter(([id]) => asked.includes(id)));
    return { answers, age_band_corrected: this.isOtherBand && this.corrected.checked };
  }

  // --- what is shown ---------------------------------------------------------------------------

  show() {
    const focused = document.activeElement?.id;
    [this.inputs, this.faults] = [{}, {}];
    this.corrected.removeAttribute("aria-invalid");
    this.place.replaceChildren(...(this.found ? this.assessment() : [
      h("p", { class: "muted" }, tx("counter.not_yet")),
      this.fees(this.record.fees, this.record.fees.reduce((sum, line) => sum + line.cents, 0)),
    ]));
    if (focused && this.place.contains(document.getElementById(focused))) document.getElementById(focused).focus();
  }

  assessment() {
    const { questions, stops, follows, fees, total_cents: total } = this.found;
    return [
      this.isOtherBand ? this.otherBand() : "",
      ...stops.map((stop) => h("p", { class: "notice notice--bad", data: { stop: stop.code } },
        icon("octagon-alert"), h("span", {}, words(stop.text)))),
      questions.length ? h("div", { class: "case__grid" }, questions.map((id) => this.question(id))) : "",
      follows.length ? h("ul", { class: "follows" }, follows.map((follow) => h("li", { data: { follow } },
        icon("triangle-alert"), h("span", {}, tx(`counter.${follow}`))))) : "",
      this.fees(fees, total),
    ];
  }

  otherBand() {
    const { told_age_band: told, age_band: band } = this.found;
    return h("div", { class: "notice notice--warn" }, icon("triangle-alert"), h("div", {},
      h("p", {}, tx("counter.other_band", { told: `@band.${told}`, band: `@band.${band}` })),
      h("label", { class: "tick", for: "case-corrected" }, this.corrected,
        h("span", {}, tx("counter.corrected"), " ", bandName(band))),
      this.faults.corrected = h("p", { class: "field__error", id: "case-corrected-fault" })));
  }

  question(id) {
    const field = this.service.fields[id];
    const values = field.type === "yes_no" ? YES_NO : Object.keys(field.options);
    const name = (value) => (field.type === "yes_no" ? { de: value === "yes" ? "Ja" : "Nein", en: value === "yes" ? "Yes" : "No" } : field.options[value]);
    const open = this.found.unanswered.includes(id);
    const input = h("select", {
      class: "kern-form-input__input", id: `case-${id}`, "aria-required": String(open),
      "aria-describedby": `case-${id}-fault`,
      onchange: () => {
        this.answers[id] = input.value;
        if (!input.value) delete this.answers[id];
        this.reckon();
      },
    },
      h("option", { value: "", data: { text: "field.choose" } }, t("field.choose")),
      values.map((value) => h("option", { value, data: { words: JSON.stringify(name(value)) } }, words(name(value)).textContent)));
    input.value = this.answers[id] ?? this.found.answers[id] ?? "";
    this.inputs[id] = input;
    this.faults[id] = h("p", { class: "field__error", id: `case-${id}-fault` });
    return h("div", { class: "field field--wide" }, h("label", { for: input.id }, words(field.label)), input, this.faults[id]);
  }

  /** The catalogue's words for a line, in the clerk's language; a line it no longer has stays as it came. */
  feeName({ code, text }) {
    const row = this.service?.fees.find((each) => each.code === code && Object.values(each.text).includes(text));
    return row ? words(row.text) : text;
  }

  fees(lines, total) {
    return h("dl", { class: "fees" },
      lines.map((line) => h("div", {}, h("dt", {}, this.feeName(line)), h("dd", {}, money(line.cents)))),
      h("div", { class: "fees__total" },
        h("dt", {}, tx(this.found ? "counter.total" : "counter.total_told")), h("dd", {}, money(total))));
  }
}
