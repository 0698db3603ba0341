/** The reference documents beside the chat: one tab per document, arrow keys move between tabs. */

import * as api from "/page/api.js";
import { byId, el } from "/page/dom.js";
import { renderMarkdown } from "/page/markdown.js";

let shown = null;

/** Shows the documents of this scenario; called again with the same scenario it leaves everything as it is. */
export async function showDocuments(scenario) {
  if (shown === scenario) return;
  clearDocuments();
  shown = scenario;
  say("Loading the documents …");
  let items;
  try {
    items = await api.documents(scenario);
  } catch (problem) {
    if (shown === scenario) sayProblem(problem.message, scenario);
    return;
  }
  if (shown !== scenario) return;
  if (!items.length) {
    say("This scenario has no reference documents. You can train without them.");
    return;
  }
  say(null);
  const tabs = byId("document-tabs");
  tabs.hidden = false;
  const pairs = items.map(documentPair);
  tabs.append(...pairs.map(({ tab }) => tab));
  byId("document-panels").append(...pairs.map(({ panel }) => panel));
  tabs.onkeydown = (event) => moveByKey(event, pairs);
  pairs.forEach((pair) => pair.tab.addEventListener("click", () => select(pair, pairs)));
  select(pairs[0], pairs);
}

export function clearDocuments() {
  shown = null;
  say(null);
  byId("document-tabs").hidden = true;
  byId("document-tabs").replaceChildren();
  byId("document-panels").replaceChildren();
}

function documentPair(item, number) {
  const title = item.title || item.filename;
  const tab = el(
    "button",
    { type: "button", role: "tab", id: `document-tab-${number}`, "aria-controls": `document-panel-${number}`, "aria-selected": "false", tabindex: "-1" },
    title,
  );
  const panel = el("div", { role: "tabpanel", id: `document-panel-${number}`, "aria-labelledby": `document-tab-${number}`, tabindex: "0", hidden: true });
  return { item, title, tab, panel, loaded: false };
}

function select(chosen, pairs) {
  for (const pair of pairs) {
    const here = pair === chosen;
    pair.tab.setAttribute("aria-selected", String(here));
    pair.tab.tabIndex = here ? 0 : -1;
    pair.panel.hidden = !here;
  }
  if (!chosen.loaded) load(chosen);
}

function moveByKey(event, pairs) {
  const at = pairs.findIndex(({ tab }) => tab === document.activeElement);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: pairs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = pairs[(to + pairs.length) % pairs.length];
  select(next, pairs);
  next.tab.focus();
}

async function load(pair) {
  const { item, title, panel } = pair;
  pair.loaded = true;
  if (!item.exists || !item.can_serve) {
    panel.replaceChildren(el("p", { class: "notice" }, "This document is not available at the moment. Ask your trainer, or go on without it."));
    return;
  }
  if (item.extension?.replace(".", "") === "pdf") {
    panel.classList.add("pdf");
    panel.replaceChildren(openLink(item, title), pdfView(item, title));
    return;
  }
  panel.replaceChildren(el("p", { class: "quiet" }, "Loading the document …"));
  try {
    const { content, mime_type: type } = await api.documentText(item.url);
    const body = el("article", { class: "document" });
    body.append(type === "text/markdown" ? renderMarkdown(content) : el("pre", {}, content));
    panel.replaceChildren(body);
  } catch (problem) {
    pair.loaded = false;
    const again = el("button", { type: "button", class: "secondary", on: { click: () => load(pair) } }, "Load the document again");
    panel.replaceChildren(el("p", { class: "notice" }, problem.message), again);
  }
}

function openLink(item, title) {
  return el("p", { class: "open-document" }, el("a", { href: item.url, target: "_blank", rel: "noopener" }, `Open ${title} in a new tab`));
}

/** The browser's own viewer, without its side pane; where there is none, the link above leads on. */
function pdfView(item, title) {
  return el("iframe", { src: `${item.url}#navpanes=0&view=FitH`, title: `${title} (PDF)` });
}

function say(text) {
  byId("documents-problem").replaceChildren(...(text ? [el("p", { class: "quiet" }, text)] : []));
}

function sayProblem(text, scenario) {
  const again = () => {
    shown = null;
    showDocuments(scenario);
  };
  byId("documents-problem").replaceChildren(
    el("p", { class: "notice" }, text),
    el("button", { type: "button", class: "secondary", on: { click: again } }, "Load the documents again"),
  );
}
