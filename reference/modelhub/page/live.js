/** The socket: every frame is a reason to look again; without it the page looks by itself, and says so. */

import { token } from "/page/api.js";
import { byId, say } from "/page/dom.js";

const TOPICS = ["model_status", "download_progress", "health_monitoring", "generation_progress"];
const AGAIN_MS = 1500;

export function listen(look, wanted) {
  if (!wanted()) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/api/v1/ws?token=${encodeURIComponent(token())}`);
  socket.addEventListener("open", () => {
    say(byId("connection"), "Connected: changes are shown at once.");
    for (const topic of TOPICS) socket.send(JSON.stringify({ type: "subscribe", data: { topic } }));
  });
  socket.addEventListener("message", (message) => {
    const frame = JSON.parse(message.data);
    if (frame.event_id) look();
  });
  socket.addEventListener("close", () => {
    say(byId("connection"), "The connection was lost: the page looks for changes by itself.");
    setTimeout(() => listen(look, wanted), AGAIN_MS);
  });
}
