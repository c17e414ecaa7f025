// Requests to the desk's interface: carries the session's token, signs in again when it has expired.

import { Problem, unreachable } from "./problems.js";
import { relogin } from "./session.js";

const session = { csrf: "" };

export function setCsrf(csrf) {
  session.csrf = csrf;
}

async function send(method, path, body) {
  const headers = { "X-CSRF": session.csrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(`/desk/api${path}`, {
      method, headers, cache: "no-store", body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw unreachable();
  }
}

async function problemOf(answer) {
  try {
    const { code, cause, advice } = await answer.json();
    return new Problem(answer.status, code ?? `HTTP-${answer.status}`, cause ?? "", advice ?? "");
  } catch {
    return new Problem(answer.status, `HTTP-${answer.status}`, "", "");
  }
}

/** The session changed in another tab: take its token. */
async function refreshCsrf() {
  const answer = await send("GET", "/me");
  if (answer.ok) session.csrf = (await answer.json()).csrf;
  return answer.ok;
}

/** Ask the server; resolves with the JSON answer, rejects with a Problem. */
export async function ask(method, path, body) {
  const answer = await answered(method, path, body);
  return answer.status === 204 ? null : answer.json();
}

/** Fetch a file's bytes; rejects with a Problem. */
export async function fetchFile(path) {
  return (await answered("GET", path)).blob();
}

async function answered(method, path, body) {
  for (let last = false; ; last = true) {
    const answer = await send(method, path, body);
    if (answer.ok) return answer;
    const problem = await problemOf(answer);
    if (last) throw problem;
    if (problem.code === "SRV-101") session.csrf = (await relogin(signIn)).csrf;
    else if (problem.code !== "SRV-106" || !(await refreshCsrf())) throw problem;
  }
}

export async function signIn(login, password) {
  const answer = await send("POST", "/login", { login, password });
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

/** Whether the session still holds; signs in again when it does not. Rejects when offline. */
export const checkSession = () => ask("GET", "/me");
