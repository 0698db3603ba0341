/** The settings: the own speed limit, and what holds for the whole installation. */

import { ask } from "/page/api.js";
import { announce, calm, complain } from "/page/announce.js";
import { byId } from "/page/dom.js";

let shown = null;

export async function showSettings() {
  const { preferences } = await ask("/config/user-preferences");
  shown = preferences;
  byId("bandwidth").value = preferences.download_config.bandwidth_limit_mbps ?? "";
  byId("parallel").value = preferences.download_config.max_concurrent_downloads;
  byId("auto-repair").checked = preferences.health_monitoring.auto_repair_enabled;
}

export async function saveSettings(event) {
  event.preventDefault();
  calm();
  const limit = byId("bandwidth").value;
  const wanted = { download_config: { bandwidth_limit_mbps: limit === "" ? null : Number(limit) } };
  const parallel = Number(byId("parallel").value);
  if (parallel !== shown.download_config.max_concurrent_downloads) {
    wanted.download_config.max_concurrent_downloads = parallel;
  }
  if (byId("auto-repair").checked !== shown.health_monitoring.auto_repair_enabled) {
    wanted.health_monitoring = { auto_repair_enabled: byId("auto-repair").checked };
  }
  try {
    await ask("/config/user-preferences", "PUT", wanted);
    announce("The settings were saved.");
    await showSettings();
  } catch (refusal) {
    complain(refusal.message, refusal.hint);
  }
}
