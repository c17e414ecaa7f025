// The photo inside the template of PAuswV Anlage 3: face height from chin to top of head, eyes, middle.

import { h, s } from "./dom.js";
import { t, tx } from "./texts.js";
import { picture } from "./picture.js";

const W = 1244;
const H = 1600;
const FACE = { adult: [0.7, 0.8], child: [0.5, 0.8] }; // of the picture's height
const EYES = [0.3, 0.5]; // TR-03121-3 Table 5.3, 5.5, from the top
const MIDDLE = [0.45, 0.55]; // 5.6
const CHIN = 0.825; // where the chin of a well placed face is
const YOUNG = new Set(["under_6", "6_to_9"]);

/** Where the chin should be from what was measured: the eyes lie half way between chin and crown. */
function chinOf(report) {
  const value = (id) => report?.criteria.find((each) => each.id === id)?.value ?? null;
  const [head, eyes] = [value("5.4"), value("5.5")];
  return head === null || eyes === null ? CHIN : Math.min(0.97, Math.max(0.6, eyes + head / 2));
}

function lines(kind, chin) {
  const [low, high] = FACE[kind];
  const [crown, floor] = [Math.max(0, chin - high) * H, (chin - low) * H];
  const line = (ends, dashed) => [
    s("line", { class: "template__under", ...ends }),
    s("line", { class: `template__line${dashed ? " template__line--dashed" : ""}`, ...ends }),
  ];
  const across = (y, dashed) => line({ x1: 0, x2: W, y1: y, y2: y }, dashed);
  const down = (x, dashed) => line({ x1: x, x2: x, y1: 0, y2: H }, dashed);
  const word = (y, id, values) => {
    const node = s("text", { class: "template__word", x: 22, y, "data-text": id });
    node.dataset.values = JSON.stringify(values ?? {});
    node.textContent = t(id, values);
    return node;
  };
  return [
    s("rect", { class: "template__zone", x: 0, width: W, y: crown, height: Math.max(4, floor - crown) }),
    ...across(EYES[0] * H, true), ...across(EYES[1] * H, true),
    ...down(W / 2, false), ...down(MIDDLE[0] * W, true), ...down(MIDDLE[1] * W, true),
    ...across(chin * H, false),
    word(Math.max(50, crown + 52), "photo.legend_crown"),
    word(EYES[0] * H + 56, "photo.legend_eyes"),
    word(chin * H - 20, "photo.legend_chin"),
  ];
}

export function photo({ captureId, report, ageBand }) {
  const state = { kind: YOUNG.has(ageBand) ? "child" : "adult", chin: chinOf(report) };
  const overlay = s("svg", { viewBox: `0 0 ${W} ${H}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const legend = h("p", { class: "muted small" });
  const slider = h("input", {
    type: "range", min: 60, max: 97, step: 0.5, value: state.chin * 100, id: "photo-shift",
    oninput: () => { state.chin = slider.value / 100; draw(); },
  });
  const kinds = ["adult", "child", "none"].map((kind) => h("button", {
    type: "button", data: { kind }, onclick: () => { state.kind = kind; draw(); },
  }, tx(`photo.template_${kind}`)));
  const shift = h("div", { class: "photo__shift" }, h("label", { for: "photo-shift" }, tx("photo.shift")), slider);

  function draw() {
    const on = state.kind !== "none";
    overlay.replaceChildren(...(on ? lines(state.kind, state.chin) : []));
    shift.hidden = legend.hidden = !on;
    if (on) {
      const [min, max] = FACE[state.kind].map((share) => Math.round(share * 100));
      legend.replaceChildren(tx("photo.legend_face", { min, max }));
    }
    for (const button of kinds) button.setAttribute("aria-pressed", String(button.dataset.kind === state.kind));
  }

  draw();
  return h("div", { class: "photo" },
    h("div", { class: "photo__frame" }, picture(captureId, "photo.jpg", "photo.alt"), overlay),
    h("div", { class: "photo__tools" },
      h("div", { class: "segments", role: "group", "aria-label": t("photo.template"), data: { label: "photo.template" } }, kinds),
      shift, legend));
}
