/** Messages on their way: one at a time, so that a refusal is never taken for another's, each under an id of its own. */

export class Outbox {
  /** @param {(content: string, id: string) => boolean} send false while the line is down */
  constructor(send) {
    this.send = send;
    this.waiting = [];
    this.inFlight = null;
  }

  put(content, entry) {
    this.waiting.push({ id: newId(), content, entry });
    this.pump();
  }

  /** What was sent but not confirmed goes out again under the same id; MedAssist keeps it once. */
  again() {
    if (this.inFlight) this.waiting.unshift(this.inFlight);
    this.inFlight = null;
    this.pump();
  }

  /** @returns {{content: string, entry: object} | null} the message with this id, which is kept now */
  confirmed(id) {
    if (!id) return null;
    if (this.inFlight?.id === id) {
      const sent = this.inFlight;
      this.inFlight = null;
      this.pump();
      return sent;
    }
    const at = this.waiting.findIndex((message) => message.id === id);
    return at < 0 ? null : this.waiting.splice(at, 1)[0];
  }

  /** Takes the refused message back. */
  giveBack() {
    const refused = this.inFlight;
    this.inFlight = null;
    this.pump();
    return refused;
  }

  pump() {
    if (this.inFlight || !this.waiting.length) return;
    const [next] = this.waiting;
    if (!this.send(next.content, next.id)) return;
    this.waiting.shift();
    this.inFlight = next;
  }
}

/** An id that needs no secure context. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
