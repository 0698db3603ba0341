/** The REST calls of the page. Every failure is an ApiProblem whose message can be shown to the trainee. */

import { asker } from "/page/asking.js";

const call = asker("The training service", detail);

export function scenarios() {
  return call("/api/scenarios", "The scenarios could not be loaded.");
}

export function startSession(scenarioId, userName) {
  return call("/api/sessions", "The session could not be started.", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ scenario_id: scenarioId, user_id: userName }),
  });
}

export function session(id, token) {
  const headers = token ? { "X-Session-Token": token } : {};
  return call(`/api/sessions/${encodeURIComponent(id)}`, "The session could not be read.", { headers });
}

export function documents(scenario) {
  return call(`/api/scenarios/${encodeURIComponent(scenario)}/documents`, "The documents could not be loaded.");
}

export function documentText(url) {
  return call(`${url}/content`, "This document could not be loaded.");
}

/** The sentence of an error body: `detail` is a text, or a list of {loc, msg} for input that was refused. */
function detail(body) {
  if (typeof body.detail === "string") return { text: body.detail };
  const first = Array.isArray(body.detail) ? body.detail[0] : null;
  return { text: first?.msg ?? "", field: first?.loc?.at(-1) ?? null };
}
