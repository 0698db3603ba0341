// Runs before the page's own scripts: texts that hold markup are inserted as HTML, and news from the socket is dropped.
"use strict";
{
  const holdsMarkup = (text) => /<\w/.test(String(text));
  const asMarkup = (text) => document.createRange().createContextualFragment(String(text));

  const plain = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
  Object.defineProperty(Node.prototype, "textContent", {
    ...plain,
    set(text) {
      if (this instanceof Element && holdsMarkup(text)) this.replaceChildren(asMarkup(text));
      else plain.set.call(this, text);
    },
  });
  Object.defineProperty(HTMLElement.prototype, "innerText", {
    ...Object.getOwnPropertyDescriptor(HTMLElement.prototype, "innerText"),
    set(text) {
      this.textContent = text;
    },
  });
  const inserted = (item) => (!(item instanceof Node) && holdsMarkup(item) ? asMarkup(item) : item);
  for (const owner of [Element.prototype, DocumentFragment.prototype]) {
    for (const name of ["append", "prepend", "replaceChildren"]) {
      const healthy = owner[name];
      owner[name] = function (...items) {
        return healthy.apply(this, items.map(inserted));
      };
    }
  }
  const createTextNode = Document.prototype.createTextNode;
  Document.prototype.createTextNode = function (text) {
    return holdsMarkup(text) ? asMarkup(text) : createTextNode.call(this, text);
  };

  const SIGNS_OF_LIFE = ["status", "ping", "pong", "error"];
  window.WebSocket = class extends WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener("message", (event) => {
        if (!SIGNS_OF_LIFE.includes(JSON.parse(event.data).type)) event.stopImmediatePropagation();
      });
    }
  };
}
