// Both prints with their quality (ridge clarity, never NFIQ 2) or why one is missing.

import { h, s, icon } from "./dom.js";
import { criteriaTable, noAttackCheck } from "./criteria.js";
import { picture } from "./picture.js";
import { tx } from "./texts.js";

const HANDS = { right: 2, left: 7 }; // ISO 19794-4 finger positions

function quality(value) {
  if (value === null || value === undefined) return h("p", { class: "print__quality" }, tx("fingers.quality_none"));
  return h("div", { class: "print__quality" }, h("p", {}, tx("fingers.quality", { value })),
    h("div", { class: "meter", "aria-hidden": "true" },
      s("svg", { class: "meter__bar", viewBox: "0 0 100 6", preserveAspectRatio: "none" },
        s("rect", { width: value, height: 6 }))));
}

function print(detail, hand) {
  const fact = detail.record.fingers.find((each) => each.position === HANDS[hand]);
  const here = detail.parts.includes(`finger_${hand}`);
  const report = detail.finger_reports?.[hand] ?? null;
  const name = { finger: `@fingers.${hand}` };
  return h("div", { class: "print" },
    h("div", { class: "print__frame" },
      here ? picture(detail.summary.capture_id, `finger_${hand}.png`, "fingers.alt", name) : icon("fingerprint")),
    h("h3", {}, tx(`fingers.${hand}`)),
    here ? quality(report?.quality ?? fact?.quality)
      : h("p", { class: "state state--warn" }, icon("info"), tx(`fingers.missing_${fact?.missing ?? "unknown"}`)),
    here && report ? h("p", { class: `state state--${report.accepted ? "ok" : "bad"}` },
      icon(report.accepted ? "circle-check" : "circle-x"), tx(report.accepted ? "criteria.ok" : "criteria.not_ok")) : null);
}

function reports(detail) {
  const tables = Object.keys(HANDS).filter((hand) => detail.finger_reports?.[hand]?.criteria.length).map((hand) => [
    h("h3", {}, tx(`fingers.${hand}`)),
    criteriaTable(detail.finger_reports[hand].criteria, {
      kind: "finger_criterion", caption: "criteria.finger_caption", values: { finger: `@fingers.${hand}` },
    }),
  ]);
  return tables.length ? h("details", { class: "more" }, h("summary", {}, tx("fingers.reports")), tables) : null;
}

/** Which fingers the rules ask for; the record names those that the terminal was to take. */
function expected({ fingers_expected: due, record }) {
  if (!due) return null;
  const hands = Object.keys(HANDS).filter((hand) => record.fingers.some((each) => each.position === HANDS[hand]));
  const names = (hands.length ? hands : Object.keys(HANDS)).flatMap((hand, at) => [...(at ? [", "] : []), tx(`fingers.${hand}`)]);
  return h("p", { class: "prints__expected" }, tx("fingers.expected"), " ", ...names);
}

export function prints(detail) {
  return h("div", {},
    expected(detail),
    detail.fingers_expected || detail.record.fingers.length
      ? h("div", { class: "prints__pair" }, Object.keys(HANDS).map((hand) => print(detail, hand)),
        h("p", { class: "muted small prints__note" }, tx("fingers.not_nfiq")), noAttackCheck())
      : h("p", { class: "state state--open" }, icon("info"), tx("fingers.none_expected")),
    reports(detail));
}
