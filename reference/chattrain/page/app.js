/** Opens the page: back into the running session of this tab, or to the choice of scenarios. */

import { showChoices } from "/page/choose.js";
import { forgetSession, keepSession, runningSession } from "/page/store.js";
import { Training } from "/page/training.js";

function choose(notice = "", focus = false) {
  return showChoices(started, { notice, focus });
}

function started(session, scenario) {
  const query = session.session_token ? `?token=${encodeURIComponent(session.session_token)}` : "";
  const kept = {
    id: session.id,
    token: session.session_token ?? null,
    websocketUrl: session.websocket_url ?? `/chat/${session.id}${query}`,
    scenario: scenario.config.id,
    title: scenario.title,
  };
  keepSession(kept);
  train(kept);
}

function train(session) {
  new Training(session, (notice) => {
    forgetSession();
    choose(notice, true);
  }).open();
}

const running = runningSession();
if (running) train(running);
else choose();
