// Every criterion with value, unit, limits and verdict; a verdict is a sign and a word, never colour alone.

import { h, icon } from "./dom.js";
import { has, number, tx } from "./texts.js";

const SIGNS = { ok: ["circle-check", "ok"], not_ok: ["circle-x", "bad"], not_assessed: ["circle-dashed", "open"] };

export const criterionName = (each) => (has(`criterion.${each.id}`) ? tx(`criterion.${each.id}`) : each.name);

const cell = (value) => h("td", { class: "number" }, value === null ? "–" : number(value));

function row(each) {
  const [sign, tone] = SIGNS[each.verdict];
  return h("tr", { data: { verdict: each.verdict, code: each.code } },
    h("td", { class: "criteria__id" }, /^\d/.test(each.id) ? each.id : "–"),
    h("th", { scope: "row" }, criterionName(each),
      each.mandatory ? h("span", { class: "criteria__must" }, tx("criteria.mandatory")) : null,
      each.note ? h("span", { class: "criteria__note" }, each.note) : null),
    cell(each.value), h("td", {}, each.unit || "–"), cell(each.min), cell(each.max),
    h("td", { class: "verdict-cell" },
      h("span", { class: `state state--${tone}` }, icon(sign), tx(`criteria.${each.verdict}`))));
}

const head = (id, props = {}) => h("th", { scope: "col", ...props }, tx(`criteria.${id}`));

export function criteriaTable(criteria, caption, values = {}) {
  const count = (verdict) => criteria.filter((each) => each.verdict === verdict).length;
  return h("div", {},
    h("div", { class: "table-scroll" }, h("table", { class: "criteria" },
      h("caption", { class: "visually-hidden" }, tx(caption, values)),
      h("thead", {}, h("tr", {}, head("id"), head("name"), head("value", { class: "number" }), head("unit"),
        head("min", { class: "number" }), head("max", { class: "number" }), head("verdict"))),
      h("tbody", {}, criteria.map(row)))),
    h("p", { class: "criteria__foot" }, tx("criteria.count", {
      ok: count("ok"), bad: count("not_ok"), open: count("not_assessed"),
    })));
}

export function overallVerdict(report) {
  if (!report) return verdict("open", "circle-dashed", tx("verdict.missing"));
  if (report.accepted) return verdict("ok", "circle-check", tx("verdict.accepted"));
  const named = report.reasons.map((code) => {
    const each = report.criteria.find((criterion) => criterion.code === code);
    return each ? criterionName(each) : code;
  });
  const list = named.flatMap((name, at) => (at ? [", ", name] : [name]));
  return verdict("bad", "circle-x", tx("verdict.refused"),
    named.length ? h("p", {}, tx("verdict.reasons", { reasons: "" }), ...list) : null);
}

const verdict = (tone, sign, text, more = null) =>
  h("div", { class: `verdict verdict--${tone}` }, icon(sign), h("div", {}, h("p", {}, text), more));
