/** Asking a service over HTTP. Every failure is an ApiProblem whose message can be shown to a person. */

const WITHIN_MS = 10_000;

export class ApiProblem extends Error {
  /**
   * @param {string} message a polite sentence; @param {number} status 0 when nobody answered
   * @param {string|null} field what was refused; @param {string|null} code the service's own word for the reason
   */
  constructor(message, status = 0, field = null, code = null) {
    super(message);
    this.status = status;
    this.field = field;
    this.code = code;
  }
}

/**
 * Makes the function that asks.
 * @param {string} service how sentences name it ("The training service")
 * @param {(body: any) => {text: string, field?: string|null, code?: string|null}} refusal reads the body of an error
 */
export function asker(service, refusal) {
  return async function ask(path, failed, options = {}) {
    let response;
    try {
      response = await fetch(path, { ...options, signal: AbortSignal.timeout(WITHIN_MS) });
    } catch {
      throw new ApiProblem(`${failed} ${service} does not answer. Check your connection, then try again.`);
    }
    if (!response.ok) throw await problem(service, refusal, response, failed);
    if (response.status === 204) return null;
    try {
      return await response.json();
    } catch {
      throw new ApiProblem(`${failed} ${service} gave an unreadable answer. Try again in a moment.`, response.status);
    }
  };
}

async function problem(service, refusal, response, failed) {
  const { status } = response;
  const wait = waiting(response.headers.get("Retry-After"));
  if (status === 429) {
    return new ApiProblem(`That was a lot in a short time. Please wait ${wait}, then try again.`, status);
  }
  if (status === 503) {
    return new ApiProblem(`${failed} ${service} is busy at the moment. Please wait ${wait}, then try again.`, status);
  }
  if (status === 404) {
    return new ApiProblem(`${failed} It is no longer available. Reload the page to see what is offered now.`, status);
  }
  const refused = await read(response, refusal);
  const advice = status === 422 ? "Please check your input." : "Please try again in a moment.";
  return new ApiProblem(`${failed} ${refused.text || advice}`, status, refused.field ?? null, refused.code ?? null);
}

function waiting(retryAfter) {
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  if (!Number.isFinite(seconds) || seconds < 1) return "a moment";
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

async function read(response, refusal) {
  try {
    return refusal(await response.json());
  } catch {
    return { text: "" };
  }
}
