// Builds elements without a framework: h("p", {class: "x"}, child, "text").

const SVG = "http://www.w3.org/2000/svg";
const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "srcObject", "indeterminate"]);

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (AS_PROPERTY.has(name)) node[name] = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}

export const h = (tag, props = {}, ...children) => fill(document.createElement(tag), props, children);
export const s = (tag, props = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), props, children);
export const byId = (id) => document.getElementById(id);

export function icon(name) {
  const use = s("use", { href: `/static/vendor/lucide/icons.svg#${name}` });
  return s("svg", { class: "icon", "aria-hidden": "true", focusable: "false" }, use);
}

let parity = "";

/** Say something to screen readers; `now` interrupts what is being said. */
export function announce(text, now = false) {
  parity = parity ? "" : "\u00a0"; // the same sentence twice is said twice
  byId(now ? "announce-now" : "announce").textContent = text + parity;
}

/** Put focus somewhere without a jump of the page further than needed. */
export function focusOn(node) {
  if (!node) return;
  if (!node.hasAttribute("tabindex") && node.tabIndex < 0) node.tabIndex = -1;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}
