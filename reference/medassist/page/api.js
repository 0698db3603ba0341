/** What the pages ask of MedAssist, and who is signed in. Every failure is an ApiProblem to be shown. */

import { asker, ApiProblem } from "/page/asking.js";

const KEY = "medassist.sign-in"; // of this browser tab only, so that a reload goes on and a closed tab is signed out
const call = asker("MedAssist", ({ error, details, code }) => {
  const first = Array.isArray(details) ? details[0] : null;
  return { text: first?.msg ?? error ?? "", field: first?.loc?.at(-1) ?? null, code: code ?? null };
});

let signedIn = kept();
let refreshing = null;
let whenOver = () => {};

/** @param {(notice: string) => void} callback called when the sign-in has ended without a person's wish */
export function onSignInOver(callback) {
  whenOver = callback;
}

/** @returns {{id: string, full_name: string, role: string} | null} */
export function user() {
  return signedIn?.user ?? null;
}

export function token() {
  return signedIn?.access ?? "";
}

export async function signIn(email, password) {
  const pair = await send("/api/auth/login", "You could not be signed in.", { method: "POST", body: { email, password } });
  signedIn = { access: pair.access_token, refresh: pair.refresh_token, user: null };
  signedIn.user = await ask("/api/auth/me", "You could not be signed in.");
  keep();
  return signedIn.user;
}

export function register(fullName, email, password) {
  const body = { full_name: fullName, email, password };
  return send("/api/auth/register", "The account could not be created.", { method: "POST", body });
}

/** Ends the sign-in here at once, and at MedAssist as soon as it answers. */
export async function signOut() {
  const ended = signedIn;
  forget();
  if (!ended) return;
  try {
    await send("/api/auth/logout", "", { method: "POST", body: {}, access: ended.access });
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) throw problem; // nobody waits here any more; the tokens run out by themselves
  }
}

/** Asks as whoever is signed in; a token that ran out is renewed once. */
export async function ask(path, failed, { method = "GET", body } = {}) {
  const { access } = signedIn ?? {};
  try {
    return await send(path, failed, { method, body, access });
  } catch (problem) {
    if (problem.status !== 401 || !access || !(await renewed(access))) throw problem;
    return send(path, failed, { method, body, access: token() });
  }
}

/** Renews the token, once for everybody who waits for it. @returns {Promise<boolean>} whether somebody is signed in */
export function renewed(used = token()) {
  if (signedIn && signedIn.access !== used) return Promise.resolve(true);
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew() {
  if (!signedIn) return false;
  try {
    const body = { refresh_token: signedIn.refresh };
    const pair = await send("/api/auth/refresh", "Your sign-in could not be renewed.", { method: "POST", body });
    if (!signedIn) return false;
    signedIn = { ...signedIn, access: pair.access_token, refresh: pair.refresh_token };
    keep();
    return true;
  } catch (problem) {
    if (problem.status !== 401 && problem.status !== 403) throw problem;
    forget();
    whenOver("Your sign-in has ended. Please sign in again.");
    return false;
  }
}

function send(path, failed, { method = "GET", body, access } = {}) {
  const headers = {
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(access ? { Authorization: `Bearer ${access}` } : {}),
  };
  return call(path, failed, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

function kept() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY));
    return stored?.access && stored.user ? stored : null;
  } catch {
    return null; // unreadable is as good as none: the person signs in again
  }
}

function keep() {
  sessionStorage.setItem(KEY, JSON.stringify(signedIn));
}

function forget() {
  signedIn = null;
  sessionStorage.removeItem(KEY);
}
