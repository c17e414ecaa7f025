// Every criterion with value, unit, limits and verdict; a verdict is a sign and a word, never colour alone.

import { h, icon } from "./dom.js";
import { has, number, t, tx } from "./texts.js";

const SIGNS = { ok: ["circle-check", "ok"], not_ok: ["circle-x", "bad"], not_assessed: ["circle-dashed", "open"] };
const COLUMNS = 7;

/** Our word for something the checks say in English, or what they say. */
const known = (kind, said) => (has(`${kind}.${said}`) ? tx(`${kind}.${said}`) : said);

export const criterionName = (each, kind = "criterion") =>
  (has(`${kind}.${each.id}`) ? tx(`${kind}.${each.id}`) : each.name);

const cell = (value) => h("td", { class: "number" }, value === null ? "–" : number(value));

function unit(said) {
  if (!said) return h("td", {}, "–");
  return h("td", { class: "criteria__unit" }, has(`unit.${said}`) ? h("abbr", { title: said }, known("unit", said)) : said);
}

function row(each, kind) {
  const [sign, tone] = SIGNS[each.verdict];
  return h("tr", { data: { verdict: each.verdict, code: each.code } },
    h("td", { class: "criteria__id" }, /^\d/.test(each.id) ? each.id : "–"),
    h("th", { scope: "row" }, criterionName(each, kind),
      each.note ? h("span", { class: "criteria__note" }, known("note", each.note)) : null),
    cell(each.value), unit(each.unit), cell(each.min), cell(each.max),
    h("td", { class: "criteria__verdict" },
      h("span", { class: `state state--${tone}` }, icon(sign), tx(`criteria.${each.verdict}`))));
}

function group(criteria, mandatory, kind) {
  const rows = criteria.filter((each) => each.mandatory === mandatory);
  return rows.length ? h("tbody", {},
    h("tr", { class: "criteria__group" }, h("th", { colspan: COLUMNS, scope: "rowgroup" },
      tx(mandatory ? "criteria.group_mandatory" : "criteria.group_optional"))),
    rows.map((each) => row(each, kind))) : null;
}

const head = (id, props = {}) => h("th", { scope: "col", ...props }, tx(`criteria.${id}`));

/** `kind`: whose criteria, "criterion" (photo) or "finger_criterion". */
export function criteriaTable(criteria, { kind = "criterion", caption = "criteria.caption", values = {} } = {}) {
  const count = (verdict) => criteria.filter((each) => each.verdict === verdict).length;
  return h("div", {},
    h("div", {
      class: "criteria-scroll", tabindex: "0", role: "region", "aria-label": t(caption, values),
      data: { label: caption, values: JSON.stringify(values) },
    }, h("table", { class: "criteria" },
      h("caption", { class: "visually-hidden" }, tx(caption, values)),
      h("thead", {}, h("tr", {}, head("id"), head("name"), head("value", { class: "number" }), head("unit"),
        head("min", { class: "number" }), head("max", { class: "number" }), head("verdict"))),
      group(criteria, true, kind), group(criteria, false, kind))),
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
