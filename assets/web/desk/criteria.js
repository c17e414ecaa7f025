// Every criterion with value, unit, limits and verdict; a verdict is a sign and a word, never colour alone.

import { h, icon } from "./dom.js";
import { has, number, tx } from "./texts.js";

const SIGNS = { ok: ["circle-check", "ok"], not_ok: ["circle-x", "bad"], not_assessed: ["circle-dashed", "open"] };
const COLUMNS = 7;
const GROUPS = [ // failed ones first, then what the rules demand, then the rest
  ["criteria.group_failed", (each) => each.verdict === "not_ok"],
  ["criteria.group_mandatory", (each) => each.verdict !== "not_ok" && each.mandatory],
  ["criteria.group_optional", (each) => each.verdict !== "not_ok" && !each.mandatory],
];

/** Our word for something the checks say in English, or what they say. */
const known = (kind, said) => (has(`${kind}.${said}`) ? tx(`${kind}.${said}`) : said);

export const criterionName = (each, kind = "criterion") =>
  (has(`${kind}.${each.id}`) ? tx(`${kind}.${each.id}`) : each.name);

/** Roles are said in words: narrow tables are drawn as cards, and a grid is no table to a screen reader. */
const cell = (value, id) => h("td", { class: `number criteria__${id}`, role: "cell" },
  h("span", { class: "criteria__label", "aria-hidden": "true" }, tx(`criteria.${id}`)), value === null ? "–" : number(value));

function unit(said) {
  if (!said) return h("td", { class: "criteria__unit", role: "cell" }, "–");
  return h("td", { class: "criteria__unit", role: "cell" }, has(`unit.${said}`) ? h("abbr", { title: said }, known("unit", said)) : said);
}

function row(each, kind) {
  const [sign, tone] = SIGNS[each.verdict];
  return h("tr", { role: "row", data: { verdict: each.verdict, code: each.code } },
    h("td", { class: "criteria__id", role: "cell" }, /^\d/.test(each.id) ? each.id : "–"),
    h("th", { scope: "row", role: "rowheader" }, criterionName(each, kind),
      each.note ? h("span", { class: "criteria__note" }, known("note", each.note)) : null),
    cell(each.value, "value"), unit(each.unit), cell(each.min, "min"), cell(each.max, "max"),
    h("td", { class: "criteria__verdict", role: "cell" },
      h("span", { class: `state state--${tone}` }, icon(sign), tx(`criteria.${each.verdict}`))));
}

function group(criteria, title, belongs, kind) {
  const rows = criteria.filter(belongs);
  return rows.length ? h("tbody", { role: "rowgroup" },
    h("tr", { class: "criteria__group", role: "row" }, h("th", { colspan: COLUMNS, scope: "rowgroup", role: "rowheader" }, tx(title))),
    rows.map((each) => row(each, kind))) : null;
}

const head = (id, props = {}) => h("th", { scope: "col", role: "columnheader", ...props }, tx(`criteria.${id}`));

/** `kind`: whose criteria, "criterion" (photo) or "finger_criterion". */
export function criteriaTable(criteria, { kind = "criterion", caption = "criteria.caption", values = {} } = {}) {
  const count = (verdict) => criteria.filter((each) => each.verdict === verdict).length;
  return h("div", { class: "criteria-box" },
    h("table", { class: "criteria", role: "table" },
      h("caption", { class: "visually-hidden" }, tx(caption, values)),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head("id"), head("name"), head("value", { class: "number" }), head("unit"),
        head("min", { class: "number" }), head("max", { class: "number" }), head("verdict"))),
      GROUPS.map(([title, belongs]) => group(criteria, title, belongs, kind))),
    h("p", { class: "criteria__foot" }, tx("criteria.count", {
      ok: count("ok"), bad: count("not_ok"), open: count("not_assessed"),
    })));
}

/** What was not looked at has to be said: attacks on camera and scanner (PAD, TR-03121 BIP). */
export const noAttackCheck = () =>
  h("p", { class: "state state--open attack" }, icon("circle-dashed"), tx("criteria.no_attack_check"));

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
