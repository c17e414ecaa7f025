// A capture that is over: its documents, what became of both sealed copies, what the trail says.

import { ask, fetchFile } from "./api.js";
import { h, icon } from "./dom.js";
import { problemBox } from "./problems.js";
import { current, has, moment, tx } from "./texts.js";

const KEEP_MS = 60_000; // the browser reads a saved document from memory
const LOOKS = new Set(["capture_viewed", "picture_viewed"]);
const SAYS = { // which fact of an event is worth a word, and where its words are
  fingers_checked: ["check", "fingers."], photo_vetoed: ["kind", "veto."], capture_rejected: ["reason", "reject."],
  lookup_missed: ["reason", "fact.reason_"], signature_at_counter: ["kind", "sign.kind_"], document_exported: ["kind", "ended.document_"],
};
const SIGNS = { released: ["circle-check", ""], rejected: ["circle-x", " done__sign--bad"], expired: ["clock", " done__sign--open"] };

/** Save a document of a case; a refusal stands on the page, where a plain link would hide it. */
async function save(button, path, problem, onSaved) {
  problem.replaceChildren();
  button.setAttribute("aria-busy", "true");
  try {
    const address = URL.createObjectURL(await fetchFile(path));
    const [, , number, name] = path.split(/[/?]/);
    h("a", { href: address, download: `${number}-${name}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
    onSaved();
  } catch (refused) {
    problem.replaceChildren(problemBox(refused));
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function downloads(number, onSaved) {
  const problem = h("div");
  const download = (path, sign, id) => h("button", { type: "button", onclick: (event) => {
    save(event.currentTarget, `/cases/${number}/${path()}`, problem, onSaved);
  } }, icon(sign), tx(id), h("small", {}, tx("release.uncertified")));
  return [h("div", { class: "downloads" },
    download(() => `summary.pdf?lang=${current()}`, "download", "release.pdf"),
    download(() => "xhd-draft.xml", "file-check-2", "release.xhd")), problem];
}

/** The panel of one finished capture; `update(row)` follows what the list says about it. */
export class Ended {
  constructor({ captureId, state, caseNumber = null, reason = null, onNext }) {
    Object.assign(this, { captureId, told: "" });
    const [sign, tone] = SIGNS[state];
    this.copies = h("ul", { class: "copies", "aria-live": "polite" });
    this.trail = h("div", { id: "trail" });
    this.node = h("section", { class: "panel done", "aria-labelledby": "done-title" },
      h("span", { class: `done__sign${tone}` }, icon(sign)),
      h("h2", { id: "done-title", tabindex: "-1" }, caseNumber
        ? tx("release.done_title", { case: caseNumber }) : tx(`ended.${state}_title`)),
      reason ? h("p", {}, tx("reject.done_text", { reason: `@reject.${reason}` })) : null,
      caseNumber ? downloads(caseNumber, () => this.read()) : null,
      h("h3", {}, tx("ended.copies")), this.copies,
      h("h3", {}, tx("ended.trail")), this.trail,
      h("button", { type: "button", class: "kern-btn kern-btn--primary", onclick: onNext },
        icon("arrow-right"), tx("release.next", {}, { class: "kern-label" })));
    this.update({ finished_at: null, terminal_deleted_at: null });
  }

  update(row) {
    const now = `${row.finished_at} ${row.terminal_deleted_at}`;
    if (now === this.told) return;
    this.told = now;
    this.copies.replaceChildren(copy("server", row.finished_at), copy("terminal", row.terminal_deleted_at));
    this.read();
  }

  async read() {
    try {
      this.trail.replaceChildren(entries((await ask("GET", `/captures/${this.captureId}/trail`)).entries));
    } catch (problem) {
      this.trail.replaceChildren(problem.code === "CAP-404"
        ? h("p", { class: "muted" }, tx("ended.not_yours")) : problemBox(problem));
    }
  }
}

const copy = (where, at) => h("li", { data: { copy: where } }, h("span", { class: `state state--${at ? "ok" : "open"}` },
  icon(at ? "circle-check" : "hourglass"), tx(`ended.${where}_${at ? "gone" : "waits"}`)), at ? moment(at, "day") : null);

/** What was decided, where the event alone does not say it. */
function said({ event, facts }) {
  const [fact, prefix] = SAYS[event] ?? [];
  const id = `${prefix}${facts[fact]}`;
  return fact && has(id) ? [" ", h("strong", {}, tx(id))] : null;
}

function entries(all) {
  const looks = all.filter((each) => LOOKS.has(each.event)).length;
  return h("ol", { class: "entries" },
    all.filter((each) => !LOOKS.has(each.event)).map((each) => h("li", { data: { event: each.event } },
      moment(each.at, "exact"), h("span", {}, has(`event.${each.event}`) ? tx(`event.${each.event}`) : each.event, said(each),
        h("span", { class: "muted" }, " · ", has(`actor.${each.who}`) ? tx(`actor.${each.who}`) : each.who)))),
    looks ? h("li", {}, h("span", { "aria-hidden": "true" }, "–"), tx(looks === 1 ? "ended.look" : "ended.looks", { count: looks })) : null);
}
