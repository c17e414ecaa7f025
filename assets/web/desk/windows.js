// Several windows of one clerk: which one has the line, and what the others say and offer.

import { h, icon, announce } from "./dom.js";
import { t, tx } from "./texts.js";

/** `onChange(true)` when another window has the line; `onFree` when that one was closed. */
export class Windows {
  constructor(onChange, onFree) {
    Object.assign(this, { onChange, onFree, elsewhere: false });
    this.channel = new BroadcastChannel("amtsnah-desk");
    this.channel.addEventListener("message", ({ data }) => this.heard(data));
    addEventListener("pagehide", () => this.elsewhere || this.channel.postMessage("closed"));
  }

  heard(said) {
    if (said !== "closed" || !this.elsewhere) return;
    announce(t("tabs.closed"), true);
    this.onFree();
  }

  lost() {
    this.elsewhere = true;
    this.onChange(true);
  }

  taken() {
    this.elsewhere = false;
    this.onChange(false);
  }
}

export const windowNotice = (onTake) =>
  h("div", { class: "notice notice--warn", role: "alert" }, icon("monitor"), tx("tabs.text"),
    h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: onTake },
      tx("tabs.take", {}, { class: "kern-label" })));
