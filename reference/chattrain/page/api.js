/** The REST calls of the page. Every failure is an ApiProblem whose message can be shown to the trainee. */

const WITHIN_MS = 10_000;

export class ApiProblem extends Error {
  /** @param {string} message a polite sentence; @param {number} status 0 when nobody answered */
  constructor(message, status = 0, field = null) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

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

async function call(path, failed, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(WITHIN_MS) });
  } catch {
    throw new ApiProblem(`${failed} The training service does not answer. Check your connection, then try again.`);
  }
  if (!response.ok) throw await problem(response, failed);
  try {
    return await response.json();
  } catch {
    throw new ApiProblem(`${failed} The training service gave an unreadable answer. Try again in a moment.`, response.status);
  }
}

async function problem(response, failed) {
  const { status } = response;
  const wait = waiting(response.headers.get("Retry-After"));
  if (status === 429) {
    return new ApiProblem(`That was a lot in a short time. Please wait ${wait}, then try again.`, status);
  }
  if (status === 503) {
    return new ApiProblem(`${failed} The training service is busy at the moment. Please wait ${wait}, then try again.`, status);
  }
  if (status === 404) {
    return new ApiProblem(`${failed} It is no longer available. Reload the page to see what is offered now.`, status);
  }
  const refused = await detail(response);
  if (status === 422) return new ApiProblem(`${failed} ${refused.text || "Please check your input."}`, status, refused.field);
  return new ApiProblem(`${failed} ${refused.text || "Please try again in a moment."}`, status);
}

function waiting(retryAfter) {
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  if (!Number.isFinite(seconds) || seconds < 1) return "a moment";
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

/** The sentence of an error body: `detail` is a text, or a list of {loc, msg} for input that was refused. */
async function detail(response) {
  try {
    const body = await response.json();
    if (typeof body.detail === "string") return { text: body.detail, field: null };
    const first = Array.isArray(body.detail) ? body.detail[0] : null;
    return { text: first?.msg ?? "", field: first?.loc?.at(-1) ?? null };
  } catch {
    return { text: "", field: null };
  }
}
