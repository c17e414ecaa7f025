// Signing out of a running call is asked about first: it ends for the citizen too.

import { h, byId } from "./dom.js";
import { tx } from "./texts.js";

export function confirmSignOut(onConfirmed) {
  const dialog = byId("dialog");
  const stay = h("button", { type: "button", class: "kern-btn kern-btn--secondary", onclick: () => dialog.close() },
    tx("desk.cancel", {}, { class: "kern-label" }));
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.replaceChildren(h("div", { class: "dialog__body" },
    h("h2", { id: "dialog-title" }, tx("desk.sign_out_call")), h("p", {}, tx("desk.sign_out_call_text")),
    h("div", { class: "dialog__keys" }, stay,
      h("button", { type: "button", class: "kern-btn kern-btn--danger", id: "sign-out-now", onclick: onConfirmed },
        tx("desk.sign_out_now", {}, { class: "kern-label" })))));
  dialog.showModal();
  stay.focus();
}
