/** Opens the page: sign-in, then the models as the API says they are, never older than two seconds. */

import { ask, forgetToken, signIn, token } from "/page/api.js";
import { announce, calm, complain } from "/page/announce.js";
import { tellChanges } from "/page/changes.js";
import { byId, say } from "/page/dom.js";
import { generate, showChoices, showImageField } from "/page/generate.js";
import { listen } from "/page/live.js";
import { showModels } from "/page/models.js";
import { saveSettings, showSettings } from "/page/settings.js";

const LOOK_MS = 1000;
const GATHER_MS = 150;

let looking = null;
let again = false;
let planned = null;

async function look() {
  const [status, progress, health, storage] = await Promise.all([
    ask("/models/status/detailed"),
    ask("/models/download/progress"),
    ask("/models/health"),
    ask("/models/storage"),
  ]);
  const models = Object.values(status.models);
  if (models.some((model) => model.update_available)) {
    const { updates } = await ask("/models/updates");
    for (const model of models) {
      model.notes = updates.find((update) => update.model_id === model.model_id)?.release_notes;
    }
  }
  showModels(models, progress, health.model_health, refresh);
  tellChanges(models, progress, health.model_health);
  showChoices(models);
  const summary = storage.storage_summary;
  const mb = (gb) => (gb < 1 ? `${(gb * 1024).toFixed(1)} MB` : `${gb.toFixed(1)} GB`);
  say(
    byId("storage"),
    `${mb(summary.used_space_gb)} of ${mb(summary.total_capacity_gb)} used (${summary.usage_percent} %), ` +
      `${summary.models_count} models.`,
  );
}

async function refresh() {
  if (looking) {
    again = true;
    return looking;
  }
  looking = look();
  try {
    await looking;
  } catch (refusal) {
    if (refusal.status === 401) leave(refusal);
    else complain(refusal.message, refusal.hint);
  } finally {
    looking = null;
  }
  if (again) {
    again = false;
    await refresh();
  }
}

function soon() {
  planned ??= setTimeout(() => {
    planned = null;
    refresh();
  }, GATHER_MS);
}

function leave(refusal) {
  forgetToken();
  byId("inside").hidden = true;
  byId("sign-in").hidden = false;
  complain(refusal.message, refusal.hint);
}

async function enter(focus) {
  byId("sign-in").hidden = true;
  byId("inside").hidden = false;
  await refresh();
  if (!token()) return;
  await showSettings();
  listen(soon, () => token());
  setInterval(() => token() && refresh(), LOOK_MS);
  if (focus) {
    byId("title").focus();
    announce("You are signed in.");
  }
}

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  calm();
  try {
    await signIn(byId("username").value, byId("password").value);
    byId("password").value = "";
    await enter(true);
  } catch (refusal) {
    complain(refusal.message, refusal.hint ?? "Check your user name and password.");
  }
});
byId("settings").addEventListener("submit", saveSettings);
byId("generate").addEventListener("submit", generate);
byId("generate-model").addEventListener("change", showImageField);
if (token()) enter(false);
