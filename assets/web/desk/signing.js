// The signature: what the terminal took, or a pad for mouse, pen and finger; who cannot sign says why.

import { ask } from "./api.js";
import { h, icon, announce } from "./dom.js";
import { picture } from "./picture.js";
import { problemBox } from "./problems.js";
import { t, tx } from "./texts.js";

const REASONS = ["cannot_write", "disability", "injury"];
const SIDE = 10_000; // the server counts in ten thousandths of the pad's sides
const APART = 1.5; // CSS pixels between two points that are kept
const MOST = 4_000; // points; more than anybody writes, less than a request may carry
const LEAST = 0.15; // of the pad's width, as the server wants it
const THICK = 0.034; // of the pad's height, as the server draws it

/** A white field that keeps what is written on it as strokes. */
class Pad {
  constructor([width, height], onInk) {
    Object.assign(this, { onInk, strokes: [], points: 0, ink: 0, shape: height / width });
    this.node = h("canvas", { class: "pad", width: width * 2, height: height * 2, role: "img", "aria-label": t("sign.pad"), data: { label: "sign.pad" } });
    this.pen = this.node.getContext("2d");
    this.node.addEventListener("pointerdown", (event) => this.begin(event));
    this.node.addEventListener("pointermove", (event) => this.go(event));
    this.wipe();
  }

  wipe() {
    const { width, height } = this.node;
    Object.assign(this, { strokes: [], points: 0, ink: 0 });
    Object.assign(this.pen, { fillStyle: "#fff", strokeStyle: "#000", lineWidth: height * THICK, lineCap: "round", lineJoin: "round" });
    this.pen.fillRect(0, 0, width, height);
    this.onInk(this.isEnough);
  }

  get isEnough() {
    return this.ink >= LEAST * SIDE;
  }

  begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.node.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.box = this.node.getBoundingClientRect();
    this.strokes.push([]);
    this.add(event);
  }

  go(event) {
    if (event.pointerId !== this.pointer || !this.node.hasPointerCapture(event.pointerId)) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) this.add(each);
  }

  add({ clientX, clientY }) {
    const share = (at, from, size) => Math.round(Math.min(1, Math.max(0, (at - from) / size)) * SIDE);
    const point = [share(clientX, this.box.left, this.box.width), share(clientY, this.box.top, this.box.height)];
    const stroke = this.strokes.at(-1);
    const last = stroke.at(-1) ?? point;
    const far = Math.hypot(point[0] - last[0], (point[1] - last[1]) * this.shape);
    if (stroke.length && far < (APART / this.box.width) * SIDE || this.points >= MOST) return;
    stroke.push(point);
    this.points += 1;
    this.ink += far;
    this.line(last, point);
    this.onInk(this.isEnough);
  }

  line(from, to) {
    const at = ([x, y]) => [x / SIDE * this.node.width, y / SIDE * this.node.height];
    this.pen.beginPath();
    this.pen.moveTo(...at(from));
    this.pen.lineTo(...at(to));
    this.pen.stroke();
  }
}

const button = (id, sign, kind, onclick) => h("button", {
  type: "button", class: `kern-btn kern-btn--small kern-btn--${kind}`, data: { sign: id }, onclick,
}, icon(sign), tx(`sign.${id}`, {}, { class: "kern-label" }));

/** `due`: whether a signature is needed at this age; `size`: the service's field in pixels. */
export function signatureBlock(detail, { due, size, onChange }) {
  const { capture_id: id, decisions } = detail.summary;
  const given = detail.counter_signature;
  const here = given ? given.drawn : detail.parts.includes("signature");
  const place = h("div", { class: "signing" });
  const problem = h("div");

  async function send(body, said) {
    for (const each of place.querySelectorAll("button")) each.disabled = true;
    try {
      const after = await ask("POST", `/captures/${id}/signature`, body);
      announce(t(said));
      onChange(after);
    } catch (refused) {
      for (const each of place.querySelectorAll("button")) each.disabled = false;
      problem.replaceChildren(problemBox(refused));
    }
  }

  const takeBack = () => button("take_back", "undo-2", "tertiary", () => send({}, "sign.taken_back"));

  function shown() {
    const where = given ? "sign.at_counter" : "sign.at_terminal";
    place.replaceChildren(
      h("div", { class: "sign__frame" }, picture(id, `signature.png?v=${decisions}`, "signature.alt")),
      h("div", { class: "decide__given" }, h("p", { class: "state state--ok" }, icon("circle-check"), tx(where)),
        h("div", { class: "acts" }, button("again", "pen-line", "secondary", draw), given ? takeBack() : null)), problem);
  }

  function impossible() {
    place.replaceChildren(h("div", { class: "decide__given" },
      h("p", { class: "state state--warn" }, icon("info"), tx("sign.impossible", { reason: `@sign.${given.impossible}` })),
      takeBack()), problem);
  }

  function draw() {
    const keep = button("keep", "circle-check", "primary", () => {
      if (pad.isEnough) return send({ strokes: pad.strokes }, "sign.kept");
      return announce(t("sign.too_little"), true);
    });
    const wipe = button("wipe", "refresh-cw", "tertiary", () => pad.wipe());
    const pad = new Pad(size, (isEnough) => keep.setAttribute("aria-disabled", String(!isEnough)));
    const reason = h("select", { class: "kern-form-input__input", id: "sign-reason" },
      h("option", { value: "", data: { text: "field.choose" } }, t("field.choose")),
      REASONS.map((each) => h("option", { value: each, data: { text: `sign.${each}` } }, t(`sign.${each}`))));
    const cannot = button("cannot", "info", "secondary", () =>
      (reason.value ? send({ impossible: reason.value }, "sign.noted") : reason.focus()));
    place.replaceChildren(
      here ? "" : h("p", { class: `notice notice--${due ? "warn" : "plain"}` }, icon(due ? "triangle-alert" : "info"), tx(due ? "sign.missing" : "sign.not_due")),
      h("p", { class: "muted" }, tx("sign.how")), pad.node,
      h("div", { class: "acts" }, keep, wipe, here ? button("cancel", "x", "tertiary", shown) : null),
      here ? "" : h("div", { class: "sign__cannot" }, h("div", { class: "field" }, h("label", { for: "sign-reason" }, tx("sign.cannot_label")), reason), cannot),
      problem);
  }

  if (here) shown();
  else if (given) impossible();
  else if (due) draw();
  else place.replaceChildren(h("p", { class: "state state--open" }, icon("circle-dashed"), tx("signature.none")));
  return place;
}
