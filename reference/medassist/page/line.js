/** An open line to MedAssist: a steady socket of whoever is signed in, and what the page says of it. */

import * as api from "/page/api.js";
import { byId } from "/page/dom.js";
import { SteadySocket } from "/page/socket.js";

const CREDENTIALS_OR_POLICY = 1008;
const OFFLINE_AFTER = 4;

export class Line {
  /**
   * @param {string} room the session's id, or "nurse"
   * @param {() => Record<string, string|number>} asked what else the address says, asked at each opening
   * @param {{joined: (payload) => void, frame: (frame) => void, lost?: () => void}} hooks
   */
  constructor(room, asked, hooks) {
    this.hooks = hooks;
    this.socket = new SteadySocket(
      {
        address: () => `/ws/${room}?${new URLSearchParams({ token: api.token(), ...asked() })}`,
        isGreeting: ({ type, payload }) => type === "status" && payload?.status === "connected",
        final: new Set([CREDENTIALS_OR_POLICY]),
      },
      {
        joined: ({ payload }) => {
          say("Connected");
          hooks.joined(payload);
        },
        frame: (frame) => this.heard(frame),
        lost: (_waitMs, losses) => this.lost(losses),
        refused: () => this.renew(),
      },
    );
  }

  open() {
    byId("connection-line").hidden = false;
    byId("connect-now").onclick = () => this.socket.open();
    window.ononline = () => !this.socket.joined && !this.socket.ended && this.socket.open();
    window.onoffline = () => say("Offline");
    this.socket.open();
  }

  get isUp() {
    return this.socket.joined;
  }

  send(type, payload = {}) {
    return this.socket.send({ type, payload });
  }

  close() {
    window.ononline = null;
    window.onoffline = null;
    this.socket.close();
  }

  heard(frame) {
    if (frame.type === "ping") this.send("pong");
    else this.hooks.frame(frame);
  }

  async lost(losses) {
    say(losses > OFFLINE_AFTER || !navigator.onLine ? "Offline" : "Reconnecting");
    this.hooks.lost?.();
    if (losses === 2) await this.look(); // a refused handshake looks like a lost line: is the sign-in still good?
  }

  /** The token has run out or was taken back. */
  async renew() {
    say("Reconnecting");
    if (await this.look(true)) this.socket.open();
  }

  async look(renewing = false) {
    try {
      if (renewing) return await api.renewed();
      return Boolean(await api.ask("/api/auth/me", "Nobody knows who is signed in."));
    } catch (problem) {
      return problem.status === 0 || problem.status >= 500; // MedAssist is away, not the sign-in
    }
  }
}

function say(state) {
  byId("connection").textContent = state;
  byId("connection").classList.toggle("up", state === "Connected");
  byId("connect-now").hidden = state === "Connected";
}
