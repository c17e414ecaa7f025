// One picture of a capture, large on a click; when it does not come, it can be asked for again.

import { checkSession } from "./api.js";
import { h, icon, byId } from "./dom.js";
import { t, tx } from "./texts.js";

export function picture(captureId, name, alt, values = {}) {
  const address = `/desk/api/captures/${captureId}/${name}`;
  const image = h("img", { alt: t(alt, values), data: { alt, values: JSON.stringify(values) } });
  const label = { ...values, what: `@${alt}` };
  const zoom = h("button", {
    type: "button", class: "zoom", "aria-label": t("picture.enlarge", label),
    data: { label: "picture.enlarge", values: JSON.stringify(label) }, onclick: () => enlarge(image, tx(alt, values)),
  }, image);
  image.addEventListener("error", () => {
    const again = h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: async () => {
      await checkSession().catch(() => {});
      image.src = `${address}${address.includes("?") ? "&" : "?"}again=${Date.now()}`;
      box.replaceWith(zoom);
    } }, icon("refresh-cw"), tx("socket.retry"));
    const box = h("div", { class: "empty", role: "alert" }, h("div", {}, h("p", {}, tx("photo.failed")), again));
    zoom.replaceWith(box);
  });
  image.src = address;
  return zoom;
}

/** Show the loaded picture as large as the window allows, drawn from memory: no second request. */
function enlarge(image, title) {
  const large = h("canvas", { width: image.naturalWidth, height: image.naturalHeight, role: "img", "aria-label": image.alt });
  large.getContext("2d").drawImage(image, 0, 0);
  const close = h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: () => dialog.close() },
    icon("x"), tx("desk.close", {}, { class: "kern-label" }));
  const dialog = h("dialog", { class: "kern-dialog dialog dialog--picture", "aria-labelledby": "picture-title", onclose: () => dialog.remove() },
    h("div", { class: "dialog__head" }, h("h2", { id: "picture-title" }, title), close), large);
  large.addEventListener("click", () => dialog.close());
  byId("dialog").after(dialog);
  dialog.showModal();
}
