// Several windows of one clerk: which one has the line, and what the others say and offer.

import { h, icon, announce } from "./dom.js";
import { t, tx } from "./texts.js";

/** `onChange(text id)` when there is something to show, `onChange(null)` when this window has the line. */
export class Windows {
  constructor(onChange) {
    Object.assign(this, { onChange, elsewhere: false });
    this.channel = new BroadcastChannel("amtsnah-desk");
    this.channel.addEventListener("message", ({ data }) => this.heard(data));
    addEventListener("pagehide", () => this.elsewhere || this.channel.postMessage("closed"));
  }

  heard(said) {
    if (said !== "closed" || !this.elsewhere) return;
    announce(t("tabs.closed"), true);
    this.onChange("tabs.closed");
  }

  lost() {
    this.elsewhere = true;
    this.onChange("tabs.text");
  }

  taken() {
    this.elsewhere = false;
    this.onChange(null);
  }
}

export const windowNotice = (id, onTake) =>
  h("div", { class: "notice notice--warn", role: "alert" }, icon("monitor"), tx(id),
    h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: onTake },
      tx("tabs.take", {}, { class: "kern-label" })));
