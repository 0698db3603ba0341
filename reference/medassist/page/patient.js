/** The patient's page: sign in, agree to the consent text, then talk. */

import { Account } from "/page/account.js";
import * as api from "/page/api.js";
import { askConsent } from "/page/consent.js";
import { byId, el, problemLine } from "/page/parts.js";
import { Visit } from "/page/visit.js";

let visit = null;

const account = new Account({
  roles: ["patient"],
  strangers: "This page is for patients. Nurses sign in on the nurses' page.",
  entered: begin,
  left: end,
});

/** Goes on in the newest conversation; before the first message the consent text comes first. */
async function begin() {
  let sessions;
  try {
    sessions = await api.ask("/api/sessions?limit=1", "Your conversations could not be loaded.");
  } catch (problem) {
    tryAgain(problem.message);
    return;
  }
  const [newest] = sessions;
  if (newest && newest.message_count > 0) goOn(newest);
  else agree(() => goOn(newest));
}

function agree(then) {
  show("consent");
  askConsent(then);
}

async function goOn(session) {
  show("visit");
  visit = new Visit({
    consent: () => agree(() => show("visit")),
    again: () => {
      visit.close();
      visit = null;
      goOn(null);
    },
  });
  await visit.open(session ?? null);
}

function end() {
  visit?.close();
  visit = null;
  Visit.wipe();
  show(null);
}

function show(part) {
  if (!api.user()) part = null; // the answer of a slow request after signing out
  for (const id of ["consent", "visit"]) byId(id).hidden = id !== part;
  document.title = part ? "MedAssist: your conversation" : "MedAssist: sign in";
}

function tryAgain(sentence) {
  show(null);
  byId("entry").hidden = false;
  problemLine("entry-problem", sentence);
  const retry = () => account.open();
  byId("entry-problem").append(el("button", { type: "button", class: "secondary", on: { click: retry } }, "Try again"));
}

account.open();
