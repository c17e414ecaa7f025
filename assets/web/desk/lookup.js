// The lookup form: pickup number with its check digit while typing, day and month of birth.

import { ask } from "./api.js";
import { h, byId, icon, announce, focusOn } from "./dom.js";
import { LENGTH, digitsOf, fits, spaced } from "./damm.js";
import { problemBox } from "./problems.js";
import { t, tx } from "./texts.js";

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export class Lookup {
  constructor({ onFound, mayUnlock }) {
    Object.assign(this, { onFound, mayUnlock });
    [this.number, this.day, this.month] = ["number", "day", "month"].map((id) => byId(`lookup-${id}`));
    byId("lookup").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.number.addEventListener("input", () => this.typed());
    for (const [field, next] of [[this.day, this.month], [this.month, byId("lookup-submit")]])
      field.addEventListener("input", () => {
        field.value = field.value.replace(/\D/g, "");
        this.invalid(field, false);
        if (field.value.length === 2) next.focus();
      });
  }

  focus() {
    focusOn(this.number);
    this.number.select();
  }

  typed() {
    const before = digitsOf(this.number.value.slice(0, this.number.selectionStart)).length;
    const digits = digitsOf(this.number.value);
    this.number.value = spaced(digits);
    const at = spaced(digits.slice(0, before)).length;
    this.number.setSelectionRange(at, at);
    this.hint(digits);
    if (fits(digits)) this.day.focus();
  }

  hint(digits) {
    const place = byId("lookup-number-hint");
    const left = LENGTH - digits.length;
    const [text, verdict] = !digits ? ["", ""]
      : left > 0 ? [tx(left === 1 ? "lookup.digit_left" : "lookup.digits_left", { count: left }), ""]
      : fits(digits) ? [tx("lookup.digit_ok"), "ok"] : [tx("lookup.digit_wrong"), "bad"];
    place.dataset.verdict = verdict;
    place.replaceChildren(...(verdict ? [icon(verdict === "ok" ? "circle-check" : "circle-x"), " "] : []), text);
    if (verdict) announce(place.textContent);
    this.invalid(this.number, verdict === "bad");
  }

  invalid(field, wrong) {
    field.setAttribute("aria-invalid", String(wrong));
    if (!wrong && field !== this.number) this.birthdayHint(null);
  }

  birthdayHint(id) {
    const place = byId("lookup-birthday-hint");
    place.dataset.verdict = id ? "bad" : "";
    place.replaceChildren(...(id ? [icon("circle-x"), " ", tx(id)] : []));
  }

  /** Return [field, text id] of the first fault, null if there is none. */
  fault() {
    const [day, month] = [Number(this.day.value), Number(this.month.value)];
    if (!fits(digitsOf(this.number.value)))
      return [this.number, digitsOf(this.number.value).length < LENGTH ? "lookup.number_missing" : "lookup.digit_wrong"];
    if (!(day >= 1 && day <= 31)) return [this.day, "lookup.day_wrong"];
    if (!(month >= 1 && month <= 12)) return [this.month, "lookup.month_wrong"];
    return day > DAYS[month - 1] ? [this.day, "lookup.no_such_day"] : null;
  }

  async submit(takeOver = false) {
    const fault = this.fault();
    byId("lookup-problem").replaceChildren();
    if (fault) return this.refuse(...fault);
    byId("lookup-submit").disabled = true;
    try {
      const found = await ask("POST", "/lookup", {
        pickup_number: digitsOf(this.number.value),
        birth_day: Number(this.day.value),
        birth_month: Number(this.month.value),
        take_over: takeOver,
      });
      this.clear();
      announce(t("lookup.found"));
      this.onFound(found);
    } catch (problem) {
      this.say(problem);
    } finally {
      byId("lookup-submit").disabled = false;
    }
    return undefined;
  }

  say(problem) {
    if (problem.code === "CAP-417") {
      this.askFirst(problem);
      return;
    }
    const unlock = problem.code === "CAP-403" && this.mayUnlock
      ? h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", id: "lookup-unlock", onclick: () => this.unlock() },
        icon("refresh-cw"), tx("lookup.unlock", {}, { class: "kern-label" })) : null;
    const left = Number(/tries left: (\d)/.exec(problem.serverCause)?.[1] ?? 0);
    const tries = left ? h("p", { id: "lookup-left" }, h("strong", {}, tx(left === 1 ? "lookup.try_left" : "lookup.tries_left", { count: left }))) : null;
    byId("lookup-problem").replaceChildren(problemBox(problem, tries, unlock));
    if (unlock) unlock.focus();
    else this.focus();
  }

  /** A colleague works on it: taking it from them is a decision of its own. */
  askFirst(problem) {
    const clerk = problem.serverCause.replace(/^works on it: /, "");
    const take = h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", id: "lookup-take", onclick: () => this.submit(true) },
      icon("arrow-right"), tx("lookup.take", {}, { class: "kern-label" }));
    byId("lookup-problem").replaceChildren(h("div", { class: "notice notice--warn", role: "alert", id: "lookup-held" }, icon("user"),
      h("div", {}, h("p", {}, tx("lookup.held", { clerk })), take)));
    take.focus();
  }

  /** Open a locked number again and look once more; the trail says who did. */
  async unlock() {
    byId("lookup-unlock").disabled = true;
    try {
      await ask("POST", "/lookup/unlock", { pickup_number: digitsOf(this.number.value) });
    } catch (problem) {
      return this.say(problem);
    }
    announce(t("lookup.unlocked"));
    return this.submit();
  }

  refuse(field, id) {
    this.invalid(field, true);
    if (field === this.number) {
      const place = byId("lookup-number-hint");
      place.dataset.verdict = "bad";
      place.replaceChildren(icon("circle-x"), " ", tx(id));
    } else {
      this.birthdayHint(id);
    }
    announce(t(id), true);
    field.focus();
  }

  clear() {
    for (const field of [this.number, this.day, this.month]) field.value = "";
    this.hint("");
    this.birthdayHint(null);
  }
}
