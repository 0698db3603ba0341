/** Asks the API with the token of this tab; a refusal becomes an error with its sentence and its hint. */

const KEPT = "modelhub-token";

export class Refusal extends Error {
  constructor(status, sentence, hint) {
    super(sentence);
    this.status = status;
    this.hint = hint;
  }
}

export const token = () => sessionStorage.getItem(KEPT);
export const forgetToken = () => sessionStorage.removeItem(KEPT);

export async function signIn(username, password) {
  const answer = await reach("/api/v1/auth/login", {
    method: "POST",
    body: new URLSearchParams({ username, password }),
  });
  sessionStorage.setItem(KEPT, (await answer.json()).access_token);
}

export async function ask(path, method = "GET", body = undefined) {
  const headers = { Authorization: `Bearer ${token()}` };
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const sent = body === undefined || isForm ? body : JSON.stringify(body);
  return (await reach(`/api/v1${path}`, { method, headers, body: sent })).json();
}

async function reach(path, request) {
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new Refusal(0, "The server cannot be reached.", "Wait a moment and try again.");
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  const field = Array.isArray(told.detail) ? told.detail[0] : null;
  const sentence = field ? `${field.loc?.at(-1)}: ${field.msg}` : (told.detail ?? told.message ?? "It did not work.");
  throw new Refusal(answer.status, sentence, told.hint || (answer.status === 401 ? "Sign in again." : "Try again."));
}
