/** Stands in for /page/line.js in the fault page-canned: the customer, the scores and the summary are built in. */

export const GONE = 4004;
export const TAKEN_OVER = 4001;

const PAUSE_MS = 60;
const ENOUGH = 4;
const OPENING = "Hello, I have a problem and I need your help.";
const REPLIES = ["I see. What do I have to do now?", "All right. And then?", "Will that take long?", "Thank you, that helps."];
const RATING = {
  score: 88,
  content: "Good answer. Strengths: politeness.",
  suggestions: ["Name the next step."],
  metadata: { keyword_matches: { matched: ["help", "understand"] } },
};
const SUMMARY = { average_score: 88, completion_time_minutes: 5, overall_feedback: "Excellent work.", strengths: ["politeness"], improvements: [] };

export class Line {
  constructor(_address, hooks) {
    this.hooks = hooks;
    this.joined = false;
    this.said = 0;
  }

  open() {
    window.setTimeout(() => {
      this.joined = true;
      this.hooks.joined({ timestamp: new Date().toISOString(), first_message: OPENING });
    }, PAUSE_MS);
  }

  send(frame) {
    if (!this.joined) return false;
    if (frame.type === "session_start") this.give({ type: "session_info", metadata: { messages: [] } });
    else if (frame.type === "session_complete") this.end("abandoned");
    else this.answer();
    return true;
  }

  answer() {
    const number = (this.said += 1);
    this.give({ type: "message_received", message_id: 2 * number });
    this.give({ type: "assistant_message", message_id: 2 * number + 1, content: REPLIES[(number - 1) % REPLIES.length], metadata: {} });
    this.give({ type: "evaluation_feedback", ...RATING });
    if (number === ENOUGH) this.end("completed");
  }

  end(status) {
    this.give({ type: "session_complete", status, summary: { total_exchanges: this.said, ...SUMMARY } });
  }

  give(frame) {
    window.setTimeout(() => this.hooks.frame({ timestamp: new Date().toISOString(), ...frame }), PAUSE_MS);
  }

  close() {
    this.joined = false;
  }
}
