// The case's fields: limits come from the server's own schema, faults stand beside their field.

import { ask } from "./api.js";
import { Counter } from "./counter.js";
import { h, icon, announce } from "./dom.js";
import { problemBox } from "./problems.js";
import { t, tx, words, current } from "./texts.js";

const GROUPS = {
  "release.person": [
    ["family_name", "wide"], ["given_names", "wide"], ["birth_name", ""], ["doctorate", ""], ["artist_name", ""],
    ["birth_date", ""], ["birth_place", ""], ["sex", ""],
  ],
  "release.document": [["height_cm", ""], ["eye_colour", ""]],
  "release.address": [["street", "wide"], ["postcode", "small"], ["town", ""], ["email", "wide"]],
};
const HINTED = new Set(["birth_date", "height_cm", "eye_colour", "email"]);
const AS_TYPED = new Set(["birth_date", "height_cm", "postcode", "email"]); // own words for a wrong form
const UNKNOWN = "---";
const DATE = /^(\d{1,2}|XX)[./](\d{1,2}|XX)[./](\d{4})$/i;
const ISO = /^\d{4}-(\d{2}|XX)-(\d{2}|XX)$/;

/** 12.8.1990 and 1990-08-12 mean the same; anything else stays as it is and is refused. */
export function isoDate(typed) {
  const found = DATE.exec(typed.trim());
  if (!found) return typed.trim().toUpperCase();
  const [, day, month, year] = found.map((part) => part.toUpperCase());
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const two = (value) => String(value).padStart(2, "0");

/** What the terminal was told already, so that nobody types it twice. */
function known(record, service) {
  const colour = service?.fields.eye_colour?.options[record.answers.eye_colour];
  const height = record.answers.height ?? record.answers.height_cm ?? "";
  return {
    birth_date: [two(record.birth_day), two(record.birth_month), ""].join(current() === "de" ? "." : "/"),
    height_cm: height && height.padStart(3, "0"),
    eye_colour: colour ? colour.de.toLowerCase() : "",
  };
}

export class CaseForm {
  constructor({ detail, schema, service, onPapers, onReleased, onReject }) {
    Object.assign(this, { detail, onReleased, onReject, inputs: {}, faults: {}, isTyped: false });
    this.schema = service?.case_fields ?? schema;
    this.counter = new Counter({ captureId: detail.summary.capture_id, record: detail.record, service, onPapers });
    this.values = known(detail.record, service);
    this.blocked = h("p", { class: "notice notice--warn", hidden: true });
    this.problem = h("div");
    this.submit = h("button", { class: "kern-btn kern-btn--primary", id: "release-submit" },
      icon("file-check-2"), tx("release.submit", {}, { class: "kern-label" }));
    this.node = h("form", { class: "case", novalidate: true, oninput: () => (this.isTyped = true), onsubmit: (event) => {
      event.preventDefault();
      this.send();
    } },
      Object.entries(GROUPS).map(([title, fields]) => h("fieldset", {}, h("legend", {}, tx(title)),
        h("div", { class: "case__grid" }, fields.map(([name, size]) => this.field(name, size))))),
      this.counter.node, this.blocked, this.problem,
      h("div", { class: "case__keys" }, this.submit,
        h("button", { type: "button", class: "kern-btn kern-btn--danger", onclick: onReject },
          tx("reject.open", {}, { class: "kern-label" })),
        h("p", { class: "muted" }, tx("release.draft_hint"))));
    this.update(detail);
  }

  /** Say what still stands between the capture and its release. */
  update(detail) {
    this.detail = detail;
    const missing = detail.missing.flatMap((each, at) => [...(at ? [", "] : []), tx(`release.missing_${each}`)]);
    this.blocked.hidden = !missing.length;
    this.blocked.replaceChildren(icon("triangle-alert"), h("span", {}, tx("release.not_yet", { what: "" }), ...missing));
    this.submit.setAttribute("aria-disabled", String(missing.length > 0));
  }

  isRequired(name) {
    return this.schema.required.includes(name);
  }

  field(name, size) {
    const required = this.isRequired(name);
    const about = [HINTED.has(name) ? `case-${name}-hint` : "", `case-${name}-fault`].join(" ").trim();
    const common = {
      class: "kern-form-input__input", id: `case-${name}`, name, "aria-describedby": about, "aria-required": String(required),
      onblur: () => { if (this.faults[name].hasChildNodes()) this.check(name); },
      onchange: () => { if (this.faults[name].hasChildNodes()) this.check(name); },
      oninput: () => { if (name === "birth_date") this.reckon(); },
    };
    const input = name === "sex"
      ? h("select", common, h("option", { value: "", data: { text: "field.choose" } }, t("field.choose")),
        this.schema.properties.sex.enum.map((code) =>
          h("option", { value: code, data: { text: `field.sex_${code}` } }, t(`field.sex_${code}`))))
      : h("input", {
        ...common, value: this.values[name] ?? "", autocomplete: "off", spellcheck: "false",
        maxlength: this.schema.properties[name].maxLength, inputmode: name === "postcode" ? "numeric" : null,
        type: name === "email" ? "email" : "text",
      });
    this.inputs[name] = input;
    this.faults[name] = h("p", { class: "field__error", id: `case-${name}-fault` });
    return h("div", { class: `field${size ? ` field--${size}` : ""}` },
      h("label", { for: `case-${name}` }, tx(`field.${name}`),
        required ? null : h("span", { class: "optional" }, " · ", tx("field.optional"))),
      input, HINTED.has(name) ? h("p", { class: "field__hint", id: `case-${name}-hint` }, tx(`field.${name}_hint`)) : null,
      this.faults[name]);
  }

  value(name) {
    const typed = this.inputs[name].value.trim();
    return name === "birth_date" ? isoDate(typed) : typed;
  }

  /** Return [text id, values] of what is wrong with a field, null if nothing. */
  fault(name) {
    const { minLength = 0, maxLength = Infinity, pattern } = this.schema.properties[name];
    const value = this.value(name);
    if (!value && this.isRequired(name)) return ["field.error_required", {}];
    if (name === "birth_date" && !ISO.test(value)) return ["field.error_birth_date", {}];
    if (name === "birth_date") return this.birthdayFault(value);
    if (value.length < minLength) return ["field.error_required", {}];
    if (value.length > maxLength) return ["field.error_too_long", { max: maxLength }];
    if (value !== UNKNOWN && pattern && !new RegExp(pattern, "u").test(value))
      return [AS_TYPED.has(name) ? `field.error_${name}` : "field.error_pattern", {}];
    return this.togetherFault(name);
  }

  /** Tell the counter's part of the form what the birth date is, as soon as it is one. */
  reckon() {
    if (this.fault("birth_date")) this.counter.forget();
    else this.counter.born(this.value("birth_date"));
  }

  /** Fields whose lengths count together on the document. */
  togetherFault(name) {
    const rule = (this.schema["x-together"] ?? []).find(({ fields }) => fields[0] === name);
    const length = rule?.fields.reduce((sum, each) => sum + this.value(each).length, 0);
    return rule && length > rule.maxLength ? ["field.error_together", { max: rule.maxLength }] : null;
  }

  birthdayFault(iso) {
    const { birth_day: day, birth_month: month } = this.detail.record;
    const [, typedMonth, typedDay] = iso.split("-");
    const fits = (typed, stored) => typed === "XX" || Number(typed) === stored;
    return fits(typedDay, day) && fits(typedMonth, month) ? null
      : ["field.error_birthday", { day: two(day), month: two(month) }];
  }

  check(name) {
    const fault = this.fault(name);
    this.mark(name, fault && tx(...fault));
    return !fault;
  }

  mark(name, words) {
    this.inputs[name].setAttribute("aria-invalid", String(Boolean(words)));
    this.faults[name].replaceChildren(...(words ? [icon("circle-x"), words] : []));
  }

  async send() {
    const wrong = Object.keys(this.inputs).filter((name) => !this.check(name));
    this.counter.check();
    this.problem.replaceChildren();
    if (wrong.length) {
      announce(t(wrong.length === 1 ? "release.check_field" : "release.check_fields", { count: wrong.length }), true);
      return this.inputs[wrong[0]].focus();
    }
    const open = this.counter.fault();
    if (open) {
      announce(t("counter.open"), true);
      return open.focus();
    }
    if (this.detail.missing.length || this.counter.isStopped) {
      announce(this.counter.isStopped ? t("problem.CAP-413.cause") : this.blocked.textContent, true);
      return undefined;
    }
    this.submit.disabled = true;
    try {
      const body = Object.fromEntries(Object.keys(this.inputs).map((name) => [name, this.value(name)]));
      this.onReleased(await ask("POST", `/captures/${this.detail.summary.capture_id}/release`, {
        ...body, ...this.counter.said(),
      }));
    } catch (problem) {
      this.refused(problem);
    } finally {
      this.submit.disabled = false;
    }
    return undefined;
  }

  refused(problem) {
    const name = problem.code === "CAP-411" ? "birth_date" : problem.field;
    this.problem.replaceChildren(problemBox(problem));
    if (problem.code === "CAP-412") this.counter.reckon();
    if (!(name in this.inputs)) return;
    const { birth_day: day, birth_month: month } = this.detail.record;
    this.mark(name, problem.code === "CAP-411"
      ? tx("field.error_birthday", { day: two(day), month: two(month) })
      : tx("field.error_server", { cause: problem.serverCause.replace(/^body\.\w+:\s*/, "") }));
    this.inputs[name].focus();
  }
}

export const answerText = (field, value) => (field?.options[value] ? words(field.options[value]) : value);
