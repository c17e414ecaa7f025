// An expired session: sign in again over the page, so that nothing typed and no call is lost.

import { h, byId, announce } from "./dom.js";
import { problemBox } from "./problems.js";
import { t, tx } from "./texts.js";

let login = "";
let under_way = null;
let hooks = { onExpired: () => {}, onReturned: () => {} };

/** `onExpired` runs when the form appears, `onReturned` when the same person is signed in again. */
export function setLogin(name, given) {
  login = name;
  hooks = given;
}

/** Show the form until somebody is signed in; all callers wait for the same form. */
export function relogin(signIn) {
  under_way ??= locked(signIn).finally(() => (under_way = null));
  return under_way;
}

/** While nobody is signed in the page behind the form is blank. */
async function locked(signIn) {
  hooks.onExpired();
  document.body.classList.add("locked");
  const staff = await show(signIn);
  if (staff.login !== login) return elsewhere();
  document.body.classList.remove("locked");
  hooks.onReturned();
  return staff;
}

function show(signIn) {
  const dialog = h("dialog", { class: "kern-dialog dialog dialog--login", "aria-labelledby": "relogin-title" });
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
  location.replace("/desk"); // no reload: nothing of the first person is taken up again
  return new Promise(() => {});
}

const input = (id, type, autocomplete, value) =>
  h("input", { class: "kern-form-input__input", id, type, autocomplete, value, required: true });
