/** The running session of this browser tab, so that a reload returns to it. Holds no message text. */

const KEY = "chattrain.session";
const NAME = "chattrain.name";

/** @returns {{id: number, token: string|null, websocketUrl: string, scenario: string, title: string} | null} */
export function runningSession() {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY));
    return session && session.websocketUrl ? session : null;
  } catch {
    return null; // unreadable is as good as none: the trainee chooses again
  }
}

export function keepSession(session) {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export function forgetSession() {
  sessionStorage.removeItem(KEY);
}

export function lastName() {
  return sessionStorage.getItem(NAME) ?? "";
}

export function keepName(name) {
  sessionStorage.setItem(NAME, name);
}
