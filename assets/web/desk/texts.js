// Texts of the desk in the clerk's language. Every node knows its text's id, so that changing the
// language relabels the window and touches neither the call nor what was typed.

import { h } from "./dom.js";

const LANGUAGES = ["de", "en"];
const COOKIE = "amtsnah-language";
const loaded = {};
let language = document.documentElement.lang;

/** Days are written as people in Germany and in British English write them: 24.11. and 24/11. */
const MOMENTS = {
  time: { hour: "2-digit", minute: "2-digit" },
  exact: { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  day: { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" },
};

export async function load() {
  for (const each of LANGUAGES) {
    loaded[each] ??= await (await fetch(`/static/i18n/${each}.json`)).json();
  }
}

export const current = () => language;
export const has = (id) => id in loaded[language];

/** A value in a text: "@id" is another text with the same values, {de, en} a word of the catalogue. */
function said(value, values) {
  if (value && typeof value === "object") return value[language];
  if (typeof value === "string" && value.startsWith("@")) return t(value.slice(1), values);
  return String(value);
}

export function t(id, values = {}) {
  const text = loaded[language][id];
  if (text === undefined) return id;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? said(values[name], values) : whole));
}

export const tx = (id, values = {}, props = {}) =>
  h("span", { data: { text: id, values: JSON.stringify(values) }, ...props }, t(id, values));
export const words = (pair) => h("span", { data: { words: JSON.stringify(pair) } }, pair[language]);
export const moment = (iso, form = "time") =>
  h("time", { datetime: iso, data: { moment: form } }, when(iso, form));
export const number = (value) => h("span", { data: { number: value } }, figure(value));

export function when(iso, form = "time") {
  const locale = language === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, MOMENTS[form]).format(new Date(iso));
}

/** Small numbers need their decimals to be told from their limit, large ones do not. */
export function figure(value) {
  const digits = Math.abs(value) < 10 ? 3 : 1;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits, useGrouping: false }).format(value);
}

export function euro(cents) {
  return new Intl.NumberFormat(language === "de" ? "de-DE" : "en-GB", {
    style: "currency", currency: "EUR",
  }).format(cents / 100);
}
export const money = (cents) => h("span", { data: { cents } }, euro(cents));

/** Seconds as people read a clock: 0:07, 12:40. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Say every node below `root` in the current language. */
export function apply(root = document) {
  for (const node of root.querySelectorAll("[data-text]"))
    node.textContent = t(node.dataset.text, JSON.parse(node.dataset.values ?? "{}"));
  for (const node of root.querySelectorAll("[data-words]"))
    node.textContent = JSON.parse(node.dataset.words)[language];
  for (const node of root.querySelectorAll("[data-moment]"))
    node.textContent = when(node.dateTime, node.dataset.moment);
  for (const node of root.querySelectorAll("[data-number]"))
    node.textContent = figure(Number(node.dataset.number));
  for (const node of root.querySelectorAll("[data-cents]"))
    node.textContent = euro(Number(node.dataset.cents));
  for (const node of root.querySelectorAll("[data-label]"))
    node.setAttribute("aria-label", t(node.dataset.label, JSON.parse(node.dataset.values ?? "{}")));
  for (const node of root.querySelectorAll("[data-alt]"))
    node.alt = t(node.dataset.alt, JSON.parse(node.dataset.values ?? "{}"));
  for (const node of root.querySelectorAll("[data-placeholder]"))
    node.placeholder = t(node.dataset.placeholder);
}

export function switchLanguage() {
  language = LANGUAGES.find((each) => each !== language);
  document.documentElement.lang = language;
  document.cookie = `${COOKIE}=${language}; path=/; max-age=31536000; samesite=lax`;
  apply();
}
