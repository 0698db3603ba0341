/** Asks before something is lost; the dialog holds the focus and gives it back. */

import { byId, say } from "/page/dom.js";

export function confirmed(title, text, yes) {
  const dialog = byId("dialog");
  const before = document.activeElement;
  say(byId("dialog-title"), title);
  say(byId("dialog-text"), text);
  say(byId("dialog-yes"), yes);
  dialog.returnValue = "no";
  dialog.showModal();
  byId("dialog-no").focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
        resolve(dialog.returnValue === "yes");
      },
      { once: true },
    );
  });
}
