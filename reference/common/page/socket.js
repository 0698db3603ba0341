/** A WebSocket that is kept open: it opens, opens again after a loss, and says what happens. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const JOINED_WITHIN_MS = 6_000;

export class SteadySocket {
  /**
   * @param {{address: () => string, isGreeting: (frame) => boolean, final: Set<number>}} how
   *   `address` is asked at each opening; `final` are close codes after which opening again by itself makes no sense
   * @param {{joined: (frame) => void, frame: (frame) => void, lost: (waitMs: number, losses: number) => void,
   *          refused: (code: number) => void}} hooks
   */
  constructor(how, hooks) {
    this.how = how;
    this.hooks = hooks;
    this.socket = null;
    this.joined = false;
    this.ended = false;
    this.losses = 0;
    this.timer = 0;
  }

  open() {
    window.clearTimeout(this.timer);
    this.leave();
    this.ended = false;
    const address = new URL(this.how.address(), window.location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.socket = socket;
    // Joined means greeted: a socket that opens but says nothing is no connection.
    this.timer = window.setTimeout(() => this.drop(socket), JOINED_WITHIN_MS);
    socket.addEventListener("message", (event) => this.heard(socket, event));
    socket.addEventListener("close", (event) => this.closed(socket, event.code));
  }

  /** Sends the frame; false when the line is down. */
  send(frame) {
    if (!this.joined || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Leaves for good, until open() is called again. */
  close() {
    this.ended = true;
    window.clearTimeout(this.timer);
    this.leave();
  }

  leave() {
    const socket = this.socket;
    this.socket = null;
    this.joined = false;
    socket?.close();
  }

  drop(socket) {
    if (socket !== this.socket) return;
    this.leave();
    this.closed(null, 1006);
  }

  heard(socket, event) {
    if (socket !== this.socket) return;
    let frame;
    try {
      frame = JSON.parse(event.data);
    } catch {
      return; // not a frame of the contract; nothing can be shown from it
    }
    if (this.how.isGreeting(frame)) {
      window.clearTimeout(this.timer);
      this.joined = true;
      this.losses = 0;
      this.hooks.joined(frame);
    } else {
      this.hooks.frame(frame);
    }
  }

  closed(socket, code) {
    if (socket !== this.socket) return;
    window.clearTimeout(this.timer);
    this.socket = null;
    this.joined = false;
    if (this.ended) return;
    if (this.how.final.has(code)) {
      this.ended = true;
      this.hooks.refused(code);
      return;
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.losses);
    this.losses += 1;
    this.timer = window.setTimeout(() => this.open(), wait);
    this.hooks.lost(wait, this.losses);
  }
}
