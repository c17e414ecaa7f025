// What a clerk decides: the three vetoes with their reason, the comparison of prints, not taking over.

import { ask } from "./api.js";
import { h, icon, byId, announce } from "./dom.js";
import { problemBox } from "./problems.js";
import { t, tx } from "./texts.js";

const VETOES = { ok_obvious: "circle-check", ok: "circle-check", not_ok: "circle-x" };
const CHECKS = { verified: "circle-check", no_match: "circle-x", not_compared: "circle-dashed", reenrol: "refresh-cw" };
const POSITIONS = { right: 2, left: 7 }; // ISO 19794-4
const HANDS = Object.keys(POSITIONS);
const STILL_TO_TAKE = new Set(["temporary", "quality"]);
const REASONS = ["photo", "other_person", "withdrawn", "technical"];
const SHORTEST = 3;

const choice = (id, sign, pressed, onclick, hint = null) => h("button", {
  type: "button", class: "choice", "aria-pressed": String(pressed), data: { choice: id }, onclick,
}, icon(sign), h("strong", {}, tx(id)), hint ? h("small", {}, tx(hint)) : null);

/** The three vetoes; a given one is shown first and can be changed. */
export function vetoBlock(detail, onChange) {
  const place = h("div", { class: "decide" });
  const path = `/captures/${detail.summary.capture_id}/veto`;
  const problem = h("div");
  let picked = null;

  function given() {
    const { kind, reason } = detail.veto;
    place.replaceChildren(h("h3", { tabindex: "-1" }, tx("veto.title")), h("div", { class: "decide__given" },
      h("div", {},
        h("p", { class: `state state--${kind === "not_ok" ? "bad" : "ok"}` }, icon(VETOES[kind]),
          tx("veto.given", { kind: `@veto.${kind}` })),
        h("p", { class: "muted small" }, tx("veto.given_reason", { reason }))),
      h("div", { class: "acts" },
        h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: choose },
          icon("pen-line"), tx("veto.change", {}, { class: "kern-label" })),
        h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--tertiary", id: "veto-withdraw", onclick: withdraw },
          icon("undo-2"), tx("veto.withdraw", {}, { class: "kern-label" })))), problem);
  }

  async function withdraw() {
    try {
      const after = await ask("DELETE", path);
      announce(t("veto.withdrawn"));
      onChange(after);
    } catch (refused) {
      problem.replaceChildren(problemBox(refused));
    }
  }

  function choose() {
    const fault = h("p", { class: "field__error", id: "veto-fault" });
    const reason = h("textarea", {
      class: "kern-form-input__input", id: "veto-reason", rows: 2, maxlength: 300, required: true,
      "aria-describedby": "veto-hint veto-fault",
    });
    const submit = h("button", { class: "kern-btn kern-btn--primary" }, tx("veto.submit", {}, { class: "kern-label" }));
    const form = h("form", { class: "decide__reason", hidden: true, novalidate: true, onsubmit: send },
      h("div", { class: "field" },
        h("label", { for: "veto-reason" }, tx("veto.reason")), reason,
        h("p", { class: "field__hint", id: "veto-hint" }, tx("veto.reason_hint")), fault), submit);
    const buttons = Object.entries(VETOES).map(([kind, sign]) =>
      choice(`veto.${kind}`, sign, false, () => pick(kind), `veto.${kind}_hint`));

    function pick(kind) {
      picked = kind;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.choice === `veto.${kind}`));
      form.hidden = false;
      reason.focus();
    }

    async function send(event) {
      event.preventDefault();
      const text = reason.value.trim();
      const short = text.length < SHORTEST;
      reason.setAttribute("aria-invalid", String(short));
      fault.replaceChildren(...(short ? [icon("circle-x"), tx("veto.reason_short")] : []));
      if (short) return reason.focus();
      submit.disabled = true;
      try {
        const after = await ask("POST", path, { kind: picked, reason: text });
        announce(t("veto.saved"));
        onChange(after);
      } catch (refused) {
        problem.replaceChildren(problemBox(refused));
      } finally {
        submit.disabled = false;
      }
      return undefined;
    }

    const keep = detail.veto ? h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--tertiary", onclick: given },
      icon("x"), tx("desk.cancel", {}, { class: "kern-label" })) : null;
    problem.replaceChildren();
    place.replaceChildren(h("h3", { tabindex: "-1" }, tx("veto.title")), h("div", { class: "choices" }, buttons), form,
      ...(keep ? [h("div", { class: "acts" }, keep)] : []), problem);
  }

  if (detail.veto) given();
  else choose();
  return place;
}

/** Comparing the prints with the person: every print of a terminal needs it (TR-03121, SSS). */
export function verifyBlock(detail, onChange, onReject) {
  if (!detail.fingers_expected) return null;
  const problem = h("div");
  const path = `/captures/${detail.summary.capture_id}/verify`;
  const hasPrints = HANDS.some((hand) => detail.parts.includes(`finger_${hand}`));
  const isPressed = (check) => detail.fingers === check || (detail.fingers === "reenrol" && hasPrints && detail.comparison === check);

  async function say(check) {
    for (const button of buttons) button.disabled = true;
    try {
      const again = detail.fingers === check;
      const after = again ? await ask("DELETE", path) : await ask("POST", path, { fingers: check });
      announce(t(again ? "fingers.withdrawn" : `fingers.saved_${check}`), check === "no_match" && !again);
      onChange(after);
    } catch (refused) {
      problem.replaceChildren(problemBox(refused));
      for (const button of buttons) button.disabled = false;
    }
  }

  const buttons = Object.entries(CHECKS).filter(([check]) => hasPrints || check === "reenrol").map(([check, sign]) =>
    choice(`fingers.${check}`, sign, isPressed(check), () => say(check), hasPrints ? `fingers.${check}_hint` : null));
  const isHere = (hand) => detail.parts.includes(`finger_${hand}`);
  const weak = HANDS.filter((hand) => isHere(hand) && detail.finger_reports?.[hand]?.accepted === false);
  const absent = HANDS.filter((hand) => !isHere(hand) && detail.record.fingers.some(
    ({ position, missing }) => position === POSITIONS[hand] && STILL_TO_TAKE.has(missing)));
  return h("div", { class: "decide" }, h("h3", { tabindex: "-1" }, tx("fingers.verify_title")),
    h("p", { class: "muted" }, tx(hasPrints ? "fingers.verify_text" : "fingers.take_text")),
    [["weak", weak], ["absent", hasPrints ? absent : []]].map(([what, hands]) => hands.map((hand) =>
      h("p", { class: "notice notice--warn" }, icon("triangle-alert"), tx(`fingers.${what}`, { finger: `@fingers.${hand}` })))).flat(),
    h("div", { class: "choices choices--two" }, buttons), failed(detail, onReject), problem);
}

/** What follows from a comparison that failed; a wrong person is never taken over. */
function failed({ fingers, comparison }, onReject) {
  if (comparison === "no_match")
    return h("div", { class: "notice notice--bad", id: "no-match" }, icon("octagon-alert"), h("div", {},
      h("p", {}, tx(fingers === "reenrol" ? "fingers.no_match_again" : "fingers.no_match_text")),
      h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", id: "no-match-reject", onclick: () => onReject("other_person") },
        icon("circle-x"), tx("fingers.other_person", {}, { class: "kern-label" }))));
  if (fingers === "not_compared")
    return h("p", { class: "notice notice--warn" }, icon("triangle-alert"), tx("fingers.not_compared_text"));
  return null;
}

/** Ask once more before a capture goes for good; resolves with the reason, or null. */
export function askReject(captureId, onRejected, suggested = "") {
  const dialog = byId("dialog");
  const problem = h("div");
  const submit = h("button", { class: "kern-btn kern-btn--danger" }, tx("reject.submit", {}, { class: "kern-label" }));
  const reason = h("select", { class: "kern-form-input__input", id: "reject-reason", required: true },
    h("option", { value: "", data: { text: "field.choose" } }, t("field.choose")),
    REASONS.map((each) => h("option", { value: each, data: { text: `reject.${each}` } }, t(`reject.${each}`))));
  reason.value = suggested;
  const form = h("form", { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    reason.setAttribute("aria-invalid", String(!reason.value));
    if (!reason.value) return reason.focus();
    submit.disabled = true;
    try {
      await ask("POST", `/captures/${captureId}/reject`, { reason: reason.value });
      dialog.close();
      onRejected(reason.value);
    } catch (refused) {
      problem.replaceChildren(problemBox(refused));
      submit.disabled = false;
    }
    return undefined;
  } },
    h("h2", { id: "dialog-title" }, tx("reject.title")), h("p", {}, tx("reject.text")),
    h("div", { class: "field" }, h("label", { for: "reject-reason" }, tx("reject.reason")), reason), problem,
    h("div", { class: "dialog__keys" },
      h("button", { type: "button", class: "kern-btn kern-btn--tertiary", onclick: () => dialog.close() },
        tx("desk.cancel", {}, { class: "kern-label" })), submit));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(form);
  dialog.showModal();
  reason.focus();
}
