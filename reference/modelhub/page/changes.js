/** Compares how models are with how they were, and says what a person should hear. */

import { announce, announceProgress, complain } from "/page/announce.js";
import { figures } from "/page/models.js";

const WORDS = {
  queued: "waits for its download.",
  downloading: "is being downloaded.",
  resuming: "goes on being downloaded.",
  paused: "is paused.",
  verifying: "is being verified.",
  completed: "is verified and available.",
  cancelled: "is not downloaded any more: it was cancelled.",
};

let before = null;

export function tellChanges(models, progress, health) {
  const now = new Map();
  for (const model of models) {
    const id = model.model_id;
    const transfer = progress[id];
    const state = {
      transfer: transfer ? `${transfer.download_id} ${transfer.status}` : "",
      kind: transfer?.kind,
      health: health[id]?.health_status,
    };
    now.set(id, state);
    if (before) tell(id, before.get(id) ?? {}, state, transfer, health[id]);
  }
  before = now;
}

function tell(id, old, state, transfer, health) {
  if (transfer && old.transfer !== state.transfer) {
    if (transfer.status === "failed") complain(`${id}: ${transfer.error}`, transfer.guidance[0] ?? "");
    const repair = transfer.kind === "repair";
    if (repair && transfer.status === "completed") announce(`${id} is repaired.`);
    else if (repair && transfer.status === "downloading") announce(`${id} is being repaired.`);
    else if (transfer.status === "failed") announce(`The transfer of ${id} failed.`);
    else if (WORDS[transfer.status]) announce(`${id} ${WORDS[transfer.status]}`);
  } else if (transfer?.status === "downloading") {
    announceProgress(id, `${id}: ${figures(transfer)}`);
  }
  if (old.health && old.health !== "corrupted" && state.health === "corrupted" && !transferring(transfer)) {
    announce(`${id} is damaged: ${health.issues.join(" ")}`);
  }
}

const transferring = (transfer) => transfer && !["completed", "failed", "cancelled"].includes(transfer.status);
