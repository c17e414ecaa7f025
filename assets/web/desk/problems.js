// A refusal as the clerk sees it: cause, advice and code, in the clerk's language where we know it.

import { h, icon } from "./dom.js";
import { has, tx } from "./texts.js";

export class Problem extends Error {
  constructor(status, code, cause, advice) {
    super(`${code} ${cause}`);
    Object.assign(this, { status, code, serverCause: cause, serverAdvice: advice });
  }

  /** Name of the field that the server objects to, "" if it names none. */
  get field() {
    return /^body\.(?:answers\.)?([\w-]+):/.exec(this.serverCause)?.[1] ?? "";
  }
}

export const unreachable = () => new Problem(0, "NET-001", "", "");

function sentence(problem, part) {
  if (problem.code === "NET-001") return tx(`problem.network_${part}`);
  const id = `problem.${problem.code}.${part}`;
  if (has(id)) return tx(id);
  const said = part === "cause" ? problem.serverCause : problem.serverAdvice;
  return said ? said : tx(`problem.unknown_${part}`, { status: problem.status });
}

export function problemBox(problem, ...more) {
  const named = problem.code === "SRV-202" && problem.serverCause;
  return h("div", { class: "problem", role: "alert" }, icon("octagon-alert"), h("div", {},
    h("p", { class: "problem__cause" }, sentence(problem, "cause")),
    named ? h("p", {}, problem.serverCause) : null,
    h("p", {}, sentence(problem, "advice")),
    h("p", { class: "problem__code" }, tx("error.code"), ` ${problem.code}`),
    ...more));
}
