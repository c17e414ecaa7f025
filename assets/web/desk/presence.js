// Whether this window was ready for calls, kept over a reload: one boolean, nothing else.

const KEY = "amtsnah-ready";

export function remember(ready) {
  if (ready) sessionStorage.setItem(KEY, "1");
  else sessionStorage.removeItem(KEY);
}

/** True after a reload of a window that was ready; any other way in begins with a break. */
export function wasReady() {
  const [entered] = performance.getEntriesByType("navigation");
  const ready = entered?.type === "reload" && sessionStorage.getItem(KEY) !== null;
  remember(ready);
  return ready;
}
