/** Small parts of both pages. */

import { byId, el } from "/page/dom.js";

export { byId, el };

/** Shows a problem in one of the alert regions; an empty sentence takes it away. */
export function problemLine(id, sentence) {
  byId(id).replaceChildren(...(sentence ? [el("p", { class: "problem" }, sentence)] : []));
}

/** Runs `work` when called, but never twice at once and not more often than every `pause` milliseconds. */
export function paced(work, pause) {
  let wanted = false;
  let running = false;
  return async function run() {
    wanted = true;
    if (running) return;
    running = true;
    try {
      while (wanted) {
        wanted = false;
        await work();
        await new Promise((resolve) => window.setTimeout(resolve, pause));
      }
    } finally {
      running = false;
    }
  };
}
