// The open capture: head, state of the check, photo, prints, answers and the case's form.

import { ask } from "./api.js";
import { bandName, holderName, isLive } from "./captures.js";
import { criteriaTable, noAttackCheck, overallVerdict } from "./criteria.js";
import { askReject, verifyBlock, vetoBlock } from "./decisions.js";
import { h, icon, byId, announce, focusOn } from "./dom.js";
import { languageName } from "./line.js";
import { photo } from "./photo.js";
import { prints } from "./prints.js";
import { problemBox } from "./problems.js";
import { CaseForm, answerText, rejected, released } from "./release.js";
import { has, moment, t, tx, words } from "./texts.js";

export class Review {
  constructor({ me, services, schema, mayReview, onShown, onFinished, onNext }) {
    Object.assign(this, { me, services, schema, mayReview, onShown, onFinished, onNext });
    this.fingersDue = new Set(); // capture ids whose papers ask for prints that the terminal did not take
    this.forms = new Map(); // capture id -> form, so that closing a capture keeps what was typed
    this.detail = null;
    this.empty();
  }

  get place() {
    return byId("capture");
  }

  empty() {
    this.detail = null;
    this.place.replaceChildren(h("section", { class: "nothing" }, icon("id-card"),
      h("h2", {}, tx("work.empty_title")), h("p", {}, tx(this.mayReview ? "work.empty_text" : "captures.no_right"))));
    this.onShown(null);
  }

  close() {
    this.empty();
    this.onNext();
  }

  /** Whether something typed would be lost with this page. */
  get isTyped() {
    return [...this.forms.values()].some((form) => form.isTyped);
  }

  /** Documents of a case that was made before. */
  showCase(number) {
    this.put(released(number, () => this.close()));
  }

  /** The list says that the open capture is no longer ours: make sure, then close it and say why. */
  async reconcile(rows) {
    const id = this.detail?.summary.capture_id;
    const row = rows.find((each) => each.capture_id === id);
    if (!id || (row && isLive(row) && row.retrieved_by === this.me)) return;
    try {
      await ask("GET", `/captures/${id}`);
    } catch (problem) {
      if (problem.status && this.detail?.summary.capture_id === id) this.taken(id, row);
    }
  }

  taken(id, row) {
    const because = !row ? tx("review.gone") : row.case_number ? tx("review.gone_case", { case: row.case_number })
      : isLive(row) ? tx("review.gone_to", { clerk: holderName(row) }) : tx("review.gone_state", { state: `@state.${row.state}` });
    this.forms.delete(id);
    this.empty();
    this.place.prepend(h("p", { class: "notice notice--warn", role: "alert", id: "capture-gone", tabindex: "-1" }, icon("info"), because));
    if (row?.case_number) this.place.append(released(row.case_number, () => this.close()));
  }

  /** Fetch a capture that this clerk has retrieved before. */
  async open(captureId) {
    try {
      this.show(await ask("GET", `/captures/${captureId}`));
    } catch (problem) {
      this.place.replaceChildren(problemBox(problem));
      this.onShown(null);
    }
  }

  show(given) {
    const detail = this.withDue(given);
    this.detail = detail;
    this.place.replaceChildren(this.capture(detail));
    this.onShown(detail.summary.capture_id);
    focusOn(byId("capture-title"));
    scrollTo({ top: 0 });
  }

  form(detail) {
    const id = detail.summary.capture_id;
    if (!this.forms.has(id))
      this.forms.set(id, new CaseForm({
        detail, schema: this.schema, service: this.services[detail.record.service],
        onFingersDue: (due) => this.expectFingers(id, due),
        onReleased: (answer) => this.finish(id, released(answer.case_number, () => this.close())),
        onReject: () => askReject(id, (reason) => this.finish(id, rejected(reason, () => this.close()))),
      }));
    const form = this.forms.get(id);
    form.update(detail);
    return form;
  }

  finish(captureId, node) {
    this.forms.delete(captureId);
    this.put(node);
    this.onFinished();
  }

  put(node) {
    this.detail = null;
    this.place.replaceChildren(node);
    this.onShown(null);
    focusOn(byId("done-title"));
    scrollTo({ top: 0 });
  }

  /** A decision was recorded: everything that depends on it follows, the form keeps its typing. */
  decided(given, block = null) {
    if (this.detail?.summary.capture_id !== given.summary.capture_id) return;
    const detail = this.withDue(given);
    this.detail = detail;
    byId("checks").replaceWith(this.checks(detail));
    byId("veto-place").replaceChildren(this.veto(detail));
    byId("verify-place").replaceChildren(...this.verify(detail));
    this.form(detail);
    if (block) focusOn(byId(block).querySelector("h3"));
  }

  withDue(detail) {
    return this.fingersDue.has(detail.summary.capture_id) ? { ...detail, fingers_expected: true } : detail;
  }

  /** The birth date asks for prints that the terminal did not take: they can be taken again now. */
  expectFingers(captureId, due) {
    if (!due || this.fingersDue.has(captureId)) return;
    this.fingersDue.add(captureId);
    if (this.detail) this.decided(this.detail);
  }

  veto(detail) {
    return vetoBlock(detail, (after) => this.decided(after, "veto-place"));
  }

  verify(detail) {
    const block = verifyBlock(detail, (after) => this.decided(after, "verify-place"));
    return block ? [block] : [];
  }

  capture(detail) {
    const { record, summary, photo_report: report } = detail;
    const section = (id, title, ...children) =>
      h("section", { class: "panel", id, tabindex: "-1", "aria-labelledby": `${id}-title` },
        h("h2", { class: "panel__title", id: `${id}-title` }, ...title), ...children);
    return h("div", { class: "capture" },
      this.head(detail),
      section("review-photo", [icon("camera"), tx("photo.title")],
        h("div", { class: "photo-block" },
          detail.parts.includes("photo")
            ? photo({ captureId: summary.capture_id, report, ageBand: record.age_band })
            : h("p", { class: "state state--warn" }, icon("info"), tx("photo.none")),
          h("div", {}, overallVerdict(report),
            report ? criteriaTable(report.criteria) : h("p", { class: "muted" }, tx("criteria.none")),
            noAttackCheck())),
        h("div", { id: "veto-place" }, this.veto(detail))),
      section("review-fingers", [icon("fingerprint"), tx("fingers.title")], prints(detail),
        h("div", { id: "verify-place" }, this.verify(detail))),
      section("review-answers", [icon("pen-line"), tx("review.answers")], this.answers(record)),
      section("review-release", [icon("file-check-2"), tx("release.title")], this.form(detail).node),
      h("p", { class: "logged" }, icon("shield-check"), tx("review.logged")));
  }

  head(detail) {
    const { record, summary } = detail;
    const service = this.services[record.service];
    const fact = (sign, ...what) => h("li", {}, icon(sign), h("span", {}, ...what));
    const two = (value) => String(value).padStart(2, "0");
    return h("section", { class: "panel", "aria-labelledby": "capture-title" },
      h("div", { class: "capture__head" },
        h("h2", { class: "capture__title", id: "capture-title", tabindex: "-1" },
          service ? words(service.name) : record.service, ", ", bandName(record.age_band)),
        h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--tertiary", onclick: () => this.close() },
          icon("x"), tx("work.close", {}, { class: "kern-label" }))),
      h("ul", { class: "capture__facts" },
        fact("clock", tx("review.taken", { time: "" }), moment(record.captured_at, "day")),
        fact("map-pin", tx("review.place", { terminal: record.terminal_id, place: summary.place })),
        fact("user", tx("review.birthday", { day: two(record.birth_day), month: two(record.birth_month) })),
        fact("languages", tx("review.language", { language: "" }), languageName(record.language)),
        fact("hourglass", tx("review.expires", { time: "" }), moment(summary.expires_at, "day"))),
      simulated(record),
      this.checks(detail));
  }

  checks(detail) {
    const item = (id, [tone, sign, text]) => h("li", {}, h("a", { href: `#review-${id}`, onclick: (event) => {
      event.preventDefault();
      byId(`review-${id}`).scrollIntoView({ block: "start" });
      byId(`review-${id}`).focus({ preventScroll: true });
    } }, h("span", { class: "checks__name" }, tx(`review.${id}`)),
      h("span", { class: `state state--${tone}` }, icon(sign), tx(`review.state_${text}`))));
    return h("ol", { class: "checks", id: "checks", "aria-label": t("review.steps"), data: { label: "review.steps" } },
      item("photo", photoState(detail)), item("fingers", fingerState(detail)), item("release", detail.missing.length
        ? ["open", "circle-dashed", "blocked"] : ["ok", "circle-check", "ready"]));
  }

  answers(record) {
    const fields = this.services[record.service]?.fields ?? {};
    const given = [...new Set([...Object.keys(fields), ...Object.keys(record.answers)])]
      .filter((id) => id in record.answers).map((id) => [id, record.answers[id]]);
    const yesNo = { yes: { de: "ja", en: "yes" }, no: { de: "nein", en: "no" } };
    return given.length ? h("dl", { class: "answers" }, given.map(([id, value]) => h("div", {},
      h("dt", {}, fields[id] ? words(fields[id].label) : id),
      h("dd", {}, yesNo[value] ? words(yesNo[value]) : answerText(fields[id], value),
        fields[id]?.unit ? ` ${fields[id].unit}` : "")))) : h("p", { class: "muted" }, tx("review.no_answers"));
  }

  focusForm() {
    if (!this.detail) return announce(t("work.empty_title"));
    byId("review-release").scrollIntoView({ block: "start" });
    return byId("case-family_name").focus({ preventScroll: true });
  }
}

/** A capture that simulated devices made says so; older records say nothing. */
function simulated({ simulated: devices = [] }) {
  if (!devices.length) return null;
  const names = devices.flatMap((each, at) => [...(at ? [", "] : []), has(`simulated.${each}`) ? tx(`simulated.${each}`) : each]);
  return h("p", { class: "notice notice--warn simulated", id: "simulated" }, icon("triangle-alert"),
    h("span", {}, h("strong", {}, tx("simulated.title")), " ", ...names, " – ", tx("simulated.text")));
}

function photoState({ veto, missing }) {
  if (veto) return veto.kind === "not_ok" ? ["bad", "circle-x", "veto_no"] : ["ok", "circle-check", "veto_ok"];
  return missing.includes("photo_verdict") ? ["warn", "triangle-alert", "todo"] : ["ok", "circle-check", "ok"];
}

function fingerState({ fingers, fingers_expected: expected }) {
  if (!expected) return ["open", "circle-dashed", "none"];
  if (!fingers) return ["warn", "triangle-alert", "todo"];
  return fingers === "verified" ? ["ok", "circle-check", "verified"] : ["warn", "refresh-cw", "reenrol"];
}
