// The open capture: head, state of the check, photo, prints, answers and the case's form.

import { ask } from "./api.js";
import { bandName, holderName, isLive } from "./captures.js";
import { criteriaTable, noAttackCheck, overallVerdict } from "./criteria.js";
import { askReject, verifyBlock, vetoBlock } from "./decisions.js";
import { h, icon, byId, announce, focusOn } from "./dom.js";
import { languageName } from "./line.js";
import { Ended } from "./ended.js";
import { photo } from "./photo.js";
import { prints } from "./prints.js";
import { problemBox } from "./problems.js";
import { CaseForm, answerText } from "./release.js";
import { signatureBlock } from "./signing.js";
import { has, moment, t, tx, words } from "./texts.js";

export class Review {
  constructor({ me, services, schema, mayReview, onShown, onFinished, onNext }) {
    Object.assign(this, { me, services, schema, mayReview, onShown, onFinished, onNext });
    this.papers = new Map(); // capture id -> what the birth date of the papers makes due
    this.forms = new Map(); // capture id -> form, so that closing a capture keeps what was typed
    this.detail = null;
    this.empty();
  }

  get place() {
    return byId("capture");
  }

  empty() {
    this.detail = this.ended = null;
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

  /** What became of a capture that was finished before. */
  showEnded(row) {
    this.put({ captureId: row.capture_id, state: row.state, caseNumber: row.case_number });
    this.ended.update(row);
  }

  /** The list says that the open capture is no longer ours: make sure, then close it and say why. */
  async reconcile(rows) {
    const id = this.detail?.summary.capture_id;
    const row = rows.find((each) => each.capture_id === id);
    const over = rows.find((each) => each.capture_id === this.ended?.captureId);
    if (over) this.ended.update(over);
    if (!id) return;
    if (row && isLive(row) && row.retrieved_by === this.me) return void this.follow(row);
    try {
      await ask("GET", `/captures/${id}`);
    } catch (problem) {
      if (problem.status && this.detail?.summary.capture_id === id) this.taken(id, row);
    }
  }

  /** Another window decided on this capture: show what it decided. */
  async follow(row) {
    if (row.decisions === this.detail.summary.decisions) return;
    try {
      const now = await ask("GET", `/captures/${row.capture_id}`);
      if (now.summary.decisions === this.detail?.summary.decisions) return; // it was this window
      this.decided(now);
      announce(t("review.changed_elsewhere"));
    } catch {
      // the next change of the list asks again
    }
  }

  taken(id, row) {
    const because = !row ? tx("review.gone") : row.case_number ? tx("review.gone_case", { case: row.case_number })
      : isLive(row) ? tx("review.gone_to", { clerk: holderName(row) }) : tx("review.gone_state", { state: `@state.${row.state}` });
    this.forms.delete(id);
    this.empty();
    this.place.prepend(h("p", { class: "notice notice--warn", role: "alert", id: "capture-gone", tabindex: "-1" }, icon("info"), because));
    if (!row || isLive(row)) return;
    this.ended = this.over({ captureId: id, state: row.state, caseNumber: row.case_number });
    this.ended.update(row);
    this.place.append(this.ended.node);
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
    this.given = given;
    this.detail = detail;
    this.ended = null;
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
        onPapers: (found) => this.read(id, found),
        onReleased: (answer) => this.finish({ captureId: id, state: "released", caseNumber: answer.case_number }),
        onReject: () => this.reject(id),
      }));
    const form = this.forms.get(id);
    form.update(detail);
    return form;
  }

  reject(id, suggested) {
    askReject(id, (reason) => this.finish({ captureId: id, state: "rejected", reason }), suggested);
  }

  finish(what) {
    this.forms.delete(what.captureId);
    this.papers.delete(what.captureId);
    this.put(what);
    this.onFinished();
  }

  over(what) {
    return new Ended({ ...what, onNext: () => this.close() });
  }

  put(what) {
    this.detail = null;
    this.ended = this.over(what);
    this.place.replaceChildren(this.ended.node);
    this.onShown(null);
    focusOn(byId("done-title"));
    scrollTo({ top: 0 });
  }

  /** A decision was recorded: everything that depends on it follows, the form keeps its typing. */
  decided(given, block = null) {
    if (this.detail?.summary.capture_id !== given.summary.capture_id) return;
    this.given = given;
    const [before, detail] = [this.detail, this.withDue(given)];
    const changed = (...keys) => keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(detail[key]));
    this.detail = detail;
    byId("checks").replaceWith(this.checks(detail));
    if (changed("veto")) byId("veto-place").replaceChildren(this.veto(detail));
    if (changed("fingers", "comparison", "fingers_expected")) byId("verify-place").replaceChildren(...this.verify(detail));
    if (changed("counter_signature", "signature_due")) byId("sign-place").replaceChildren(this.signature(detail));
    this.form(detail);
    if (block) focusOn(byId(block).querySelector("h3, h2"));
  }

  /** Add what the papers make due: prints to take, a signature, by the true age. */
  withDue({ fingers_expected: expected, missing, ...detail }) {
    const { age_band: band = detail.record.age_band, follows = [] } = this.papers.get(detail.summary.capture_id) ?? {};
    const fingersDue = follows.includes("fingers_to_take");
    const signatureDue = this.services[detail.record.service]?.signed_by.includes(band) ?? false;
    const isSigned = detail.counter_signature || detail.parts.includes("signature");
    const lacks = missing.filter((each) => each !== "signature" && !(fingersDue && each.startsWith("finger")));
    if (fingersDue && detail.fingers !== "reenrol") lacks.push("fingers_again");
    if (signatureDue && !isSigned) lacks.push("signature");
    return { ...detail, fingers_expected: expected || fingersDue, missing: lacks, signature_due: signatureDue };
  }

  /** The papers say what is due at the true age. */
  read(captureId, found) {
    if (!found && !this.papers.delete(captureId)) return;
    if (found) this.papers.set(captureId, found);
    if (this.detail?.summary.capture_id === captureId) this.decided(this.given);
  }

  veto(detail) {
    return vetoBlock(detail, (after) => this.decided(after, "veto-place"));
  }

  verify(detail) {
    const block = verifyBlock(detail, (after) => this.decided(after, "verify-place"),
      (reason) => this.reject(detail.summary.capture_id, reason));
    return block ? [block] : [];
  }

  signature(detail) {
    return signatureBlock(detail, {
      due: detail.signature_due, size: this.services[detail.record.service]?.signature_pixels ?? [900, 132],
      onChange: (after) => {
        this.decided(after, "review-signature");
        this.form(this.detail).counter.refresh();
      },
    });
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
      section("review-signature", [icon("signature"), tx("signature.title")],
        h("div", { id: "sign-place" }, this.signature(detail))),
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
      item("photo", photoState(detail)), item("fingers", fingerState(detail)),
      item("signature", signatureState(detail)), item("release", detail.missing.length
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
  return { verified: ["ok", "circle-check", "verified"], no_match: ["bad", "circle-x", "no_match"],
    not_compared: ["warn", "triangle-alert", "not_compared"], reenrol: ["ok", "refresh-cw", "reenrol"] }[fingers];
}

function signatureState({ counter_signature: given, parts, signature_due: due }) {
  if (given) return given.drawn ? ["ok", "circle-check", "signed"] : ["warn", "info", "unsigned"];
  if (!due) return ["open", "circle-dashed", "none"];
  return parts.includes("signature") ? ["ok", "circle-check", "here"] : ["warn", "triangle-alert", "to_sign"];
}
