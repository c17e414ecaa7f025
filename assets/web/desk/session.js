// An expired session: sign in again over the page, so that nothing typed and no call is lost.

import { h, byId, announce } from "./dom.js";
import { problemBox } from "./problems.js";
import { t, tx } from "./texts.js";

let login = "";
let under_way = null;

export function setLogin(name) {
  login = name;
}

/** Show the form until somebody is signed in; all callers wait for the same form. */
export function relogin(signIn) {
  under_way ??= show(signIn).finally(() => (under_way = null));
  return under_way;
}

function show(signIn) {
  const dialog = h("dialog", { class: "kern-dialog dialog", "aria-labelledby": "relogin-title" });
  const password = input("relogin-password", "password", "current-password", "");
  const name = input("relogin-login", "text", "username", login);
  const fault = h("div");
  const submit = h("button", { class: "kern-btn kern-btn--primary" }, tx("login.submit"));
  return new Promise((resolve) => {
    const form = h("form", { novalidate: true, onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      try {
        const staff = await signIn(name.value, password.value);
        dialog.close();
        dialog.remove();
        if (staff.login !== login) elsewhere();
        resolve(staff);
      } catch (problem) {
        fault.replaceChildren(problemBox(problem));
        password.select();
      } finally {
        submit.disabled = false;
      }
    } },
      h("h2", { id: "relogin-title" }, tx("login.expired_title")),
      h("p", {}, tx("login.expired_text")), fault,
      h("div", { class: "field" }, h("label", { for: "relogin-login" }, tx("login.login")), name),
      h("div", { class: "field" }, h("label", { for: "relogin-password" }, tx("login.password")), password),
      h("div", { class: "dialog__keys" }, submit));
    dialog.append(form);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    byId("content").after(dialog);
    dialog.showModal();
    (login ? password : name).focus();
    announce(t("login.expired_title"), true);
  });
}

/** Another person's session must not see what the first one had open. */
function elsewhere() {
  announce(t("login.other_person"), true);
  location.reload();
}

const input = (id, type, autocomplete, value) =>
  h("input", { class: "kern-form-input__input", id, type, autocomplete, value, required: true });
