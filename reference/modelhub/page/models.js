/** The list of models: made once for each, then only changed, so that neither focus nor order moves. */

import { ask } from "/page/api.js";
import { announce, calm, complain } from "/page/announce.js";
import { confirmed } from "/page/confirming.js";
import { byId, el, say } from "/page/dom.js";

const manage = (id, action) => ask("/models/download/manage", "POST", { model_id: id, action });

const ACTIONS = [
  ["download", "Download", (id) => manage(id, "start")],
  ["pause", "Pause", (id) => manage(id, "pause")],
  ["resume", "Resume", (id) => manage(id, "resume")],
  ["cancel", "Cancel", (id) => manage(id, "cancel")],
  ["check", "Check", (id) => ask(`/models/health/${id}/check`, "POST", {})],
  ["repair", "Repair", (id) => ask(`/models/health/${id}/repair`, "POST", {})],
  ["update", "Update", (id) => ask(`/models/updates/${id}/approve`, "POST")],
  ["rollback", "Roll back", (id) => ask(`/models/updates/${id}/rollback`, "POST")],
  ["delete", "Delete", (id) => ask(`/models/${id}`, "DELETE")],
];
const COUNTERPART = { pause: ["resume"], resume: ["pause"], download: ["pause", "cancel"], cancel: ["download"] };
const ASKED_FIRST = {
  cancel: (id) => [`Cancel the download of ${id}?`, "What was fetched already is removed.", "Cancel the download"],
  delete: (id) => [`Delete ${id}?`, "All its files are removed. It can be downloaded again.", "Delete the model"],
};
const MAIN = ["download", "resume", "repair", "update"];
const DONE = { check: "is being checked.", delete: "was deleted.", update: "is being updated.", rollback: "goes back." };

const rows = new Map();

export function showModels(models, progress, health, refresh) {
  for (const model of models) {
    if (!rows.has(model.model_id)) rows.set(model.model_id, makeRow(model.model_id, refresh));
    change(rows.get(model.model_id), model, progress[model.model_id], health[model.model_id]);
  }
  const present = new Set(models.map((model) => model.model_id));
  for (const [id, row] of rows) {
    if (!present.has(id)) {
      row.item.remove();
      rows.delete(id);
    }
  }
}

function makeRow(id, refresh) {
  const row = { id, buttons: {} };
  row.heading = el("h3", { tabindex: "-1", id: `model-name-${id}` }, id);
  row.status = el("span", { "data-testid": `status-${id}`, class: "status" });
  row.facts = el("span");
  row.health = el("span", { "data-testid": `health-${id}` });
  row.missing = el("p", { hidden: "" });
  row.notes = el("p", { hidden: "" });
  row.fill = el("span", { class: "fill" });
  row.bar = el(
    "div",
    {
      role: "progressbar",
      "aria-label": `Progress of ${id}`,
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-valuenow": "0",
      class: "bar",
    },
    row.fill,
  );
  row.figures = el("p", { class: "figures" });
  row.progress = el("div", { "data-testid": `progress-${id}`, hidden: "" }, row.bar, row.figures);
  const buttons = el("p", { class: "buttons" });
  for (const [action, label, act] of ACTIONS) {
    const button = el(
      "button",
      { type: "button", "data-testid": `action-${action}-${id}`, hidden: "" },
      label,
      el("span", { class: "hidden-text" }, ` ${id}`),
    );
    if (action === "delete" || action === "cancel") button.classList.add("grave");
    else if (!MAIN.includes(action)) button.classList.add("secondary");
    button.addEventListener("click", () => use(row, action, act, refresh));
    row.buttons[action] = button;
    buttons.append(button);
  }
  row.item = el(
    "li",
    { "data-testid": `model-${id}`, class: "model" },
    row.heading,
    el("p", {}, "Status: ", row.status, " · ", row.facts),
    el("p", {}, "Health: ", row.health),
    row.missing,
    row.notes,
    row.progress,
    buttons,
  );
  byId("models").append(row.item);
  return row;
}

async function use(row, action, act, refresh) {
  if (ASKED_FIRST[action] && !(await confirmed(...ASKED_FIRST[action](row.id)))) return;
  calm();
  try {
    await act(row.id);
    if (DONE[action]) announce(`${row.id} ${DONE[action]}`);
  } catch (refusal) {
    complain(refusal.message, refusal.hint);
  }
  await refresh();
}

function change(row, model, progress, health) {
  const version = model.current_version ? `version ${model.current_version}` : "not installed";
  const newer = model.update_available ? `, version ${model.latest_version} can be installed` : "";
  say(row.status, model.availability_status);
  say(row.facts, `${version}${newer} · ${model.size_mb.toFixed(1)} MB`);
  row.item.dataset.state = model.availability_status;
  say(row.health, soundness(model, health));
  tell(row.missing, model.missing_files.length ? `Missing files: ${model.missing_files.join(", ")}` : "");
  tell(row.notes, model.update_available && model.notes ? `What is new: ${model.notes}` : "");
  showProgress(row, model.download_progress === null ? null : progress);
  const focused = document.activeElement;
  for (const [action, button] of Object.entries(row.buttons)) {
    button.hidden = !model.available_actions.includes(action);
  }
  row.buttons.download.classList.toggle("secondary", model.available_actions.includes("repair"));
  const lost = Object.entries(row.buttons).find(([, button]) => button === focused && button.hidden);
  if (lost) {
    const next = (COUNTERPART[lost[0]] ?? []).map((name) => row.buttons[name]).find((button) => !button.hidden);
    (next ?? row.heading).focus();
  }
}

function soundness(model, health) {
  if (!health) return "";
  if (!model.current_version && model.download_progress !== null) return "known when the download is over";
  const verified = `${health.health_status}, ${Math.round(health.integrity_score * 100)} % of the files verified`;
  const damage = model.availability_status === "corrupted" ? health.issues : [];
  return [`${verified}.`, ...damage].join(" ");
}

function showProgress(row, progress) {
  row.progress.hidden = !progress;
  if (!progress) return;
  const percent = progress.progress_percent;
  row.bar.setAttribute("aria-valuenow", String(percent));
  row.fill.style.width = `${percent}%`;
  say(row.figures, figures(progress));
}

export function figures(progress) {
  const left = progress.eta_seconds === null ? "" : `, ${progress.eta_seconds} s left`;
  const speed = progress.status === "downloading" ? ` at ${progress.speed_mbps.toFixed(1)} Mbps` : "";
  const sizes = `${progress.downloaded_mb.toFixed(1)} MB of ${progress.total_mb.toFixed(1)} MB`;
  return `${progress.progress_percent.toFixed(1)} %, ${sizes}${speed}${left}`;
}

function tell(element, text) {
  say(element, text);
  element.hidden = !text;
}
