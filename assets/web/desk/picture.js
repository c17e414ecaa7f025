// One picture of a capture; when it does not come, the reason is asked for and can be tried again.

import { checkSession } from "./api.js";
import { h, icon } from "./dom.js";
import { t, tx } from "./texts.js";

export function picture(captureId, name, alt, values = {}) {
  const address = `/desk/api/captures/${captureId}/${name}`;
  const image = h("img", { alt: t(alt, values), data: { alt, values: JSON.stringify(values) } });
  image.addEventListener("error", () => {
    const again = h("button", { type: "button", class: "kern-btn kern-btn--small kern-btn--secondary", onclick: async () => {
      await checkSession().catch(() => {});
      image.src = `${address}?again=${Date.now()}`;
      box.replaceWith(image);
    } }, icon("refresh-cw"), tx("socket.retry"));
    const box = h("div", { class: "empty", role: "alert" }, h("div", {}, h("p", {}, tx("photo.failed")), again));
    image.replaceWith(box);
  });
  image.src = address;
  return image;
}
