/** The dialog in which a nurse replaces the assessment. The browser keeps the focus inside and gives it back. */

import { complain } from "/page/account.js";
import { byId, problemLine } from "/page/parts.js";

const RULES = {
  reason: { least: 10, most: 1000, missing: "Give a reason of at least 10 characters." },
  corrected: { least: 10, most: 2000, missing: "Write the corrected assessment, at least 10 characters." },
};

/** @param {(reason: string, assessment: string) => Promise<void>} send throws an ApiProblem when it is refused */
export function askOverride(send) {
  const dialog = byId("override-dialog");
  for (const id of Object.keys(RULES)) {
    byId(id).value = "";
    complain(id, "");
  }
  problemLine("override-problem", "");
  byId("cancel-override").onclick = () => dialog.close();
  byId("override-form").onsubmit = (event) => {
    event.preventDefault();
    submit(dialog, send);
  };
  dialog.showModal();
  byId("reason").focus();
}

export function closeOverride() {
  byId("override-dialog").close();
  for (const id of Object.keys(RULES)) byId(id).value = "";
}

async function submit(dialog, send) {
  const wrong = Object.entries(RULES).map(([id, rule]) => {
    const { length } = byId(id).value.trim();
    return complain(id, length < rule.least || length > rule.most ? rule.missing : "");
  });
  const first = wrong.find(Boolean);
  if (first) {
    first.focus();
    return;
  }
  byId("confirm-override").disabled = true;
  problemLine("override-problem", "");
  try {
    await send(byId("reason").value.trim(), byId("corrected").value.trim());
    dialog.close();
  } catch (problem) {
    problemLine("override-problem", problem.message);
  } finally {
    byId("confirm-override").disabled = false;
  }
}
