// Signing out in a call or with a form begun is asked about first.

import { h, byId } from "./dom.js";
import { tx } from "./texts.js";

/** `what` would be lost: "call" or "typed". */
export function confirmSignOut(what, onConfirmed) {
  const dialog = byId("dialog");
  const stay = h("button", { type: "button", class: "kern-btn kern-btn--secondary", onclick: () => dialog.close() },
    tx("desk.cancel", {}, { class: "kern-label" }));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(h("div", { class: "dialog__body" },
    h("h2", { id: "dialog-title" }, tx(`desk.sign_out_${what}`)), h("p", {}, tx(`desk.sign_out_${what}_text`)),
    h("div", { class: "dialog__keys" }, stay,
      h("button", { type: "button", class: "kern-btn kern-btn--danger", id: "sign-out-now", onclick: onConfirmed },
        tx(what === "call" ? "desk.sign_out_now" : "desk.sign_out", {}, { class: "kern-label" })))));
  dialog.showModal();
  stay.focus();
}
