// Keys of the desk: Alt with a letter works everywhere, "?" shows the list.

import { h, byId } from "./dom.js";
import { tx } from "./texts.js";

const LIST = [
  ["accept", "A"], ["decline", "W"], ["hang_up", "H"], ["mute", "M"], ["camera", "K"],
  ["available", "B"], ["lookup", "L"], ["capture", "O"], ["release", "U"],
];

const letterOf = (event) =>
  /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.replace(/^Key/, "");

const isTyping = () => document.activeElement?.matches("input, textarea, select");

let actions = {};

/** `given`: name of a key in LIST -> what it does; keys without an action are not listed. */
export function listen(given) {
  actions = given;
  addEventListener("keydown", (event) => {
    if (event.key === "?" && !isTyping() && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      showList();
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const found = LIST.find(([, letter]) => letter === letterOf(event));
    if (!(found?.[0] in actions)) return;
    event.preventDefault();
    actions[found[0]]();
  });
}

export function showList() {
  const dialog = byId("dialog");
  const row = (name, ...keys) => h("div", {}, h("dt", {}, tx(`key.${name}`)), h("dd", {}, keys));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(h("div", { class: "dialog__body" },
    h("h2", { id: "dialog-title" }, tx("desk.shortcuts_title")),
    h("dl", { class: "keys" }, LIST.filter(([name]) => name in actions).map(([name, letter]) =>
      row(name, h("kbd", {}, "Alt"), " + ", h("kbd", {}, letter))), row("help", h("kbd", {}, "?"))),
    h("div", { class: "dialog__keys" },
      h("button", { type: "button", class: "kern-btn kern-btn--primary", onclick: () => dialog.close() },
        tx("desk.close", {}, { class: "kern-label" })))));
  dialog.showModal();
}
