/** Lists the addresses of the API from its own description. */

import { el } from "/page/dom.js";

const described = await (await fetch("/openapi.json")).json();
const list = document.getElementById("routes");
for (const [path, methods] of Object.entries(described.paths)) {
  for (const [method, about] of Object.entries(methods)) {
    list.append(el("li", {}, el("code", {}, `${method.toUpperCase()} ${path}`), ` ${about.summary ?? ""}`));
  }
}
