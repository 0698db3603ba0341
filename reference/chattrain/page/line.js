/** The chat socket of one session. */

import { SteadySocket } from "/page/socket.js";

/** Close codes after which joining again by itself makes no sense. */
export const GONE = 4004;
export const TAKEN_OVER = 4001;
const FINAL = new Set([GONE, TAKEN_OVER, 1008]);

export class Line extends SteadySocket {
  /** @param {string} address path or address of the socket; @param hooks as for SteadySocket */
  constructor(address, hooks) {
    super({ address: () => address, isGreeting: ({ type }) => type === "session_start", final: FINAL }, hooks);
  }
}
