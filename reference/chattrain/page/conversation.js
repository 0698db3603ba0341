/** The conversation of a training: what was said, and the feedback on it. */

import { byId } from "/page/dom.js";
import { feedbackCard } from "/page/feedback.js";
import { Talk } from "/page/talk.js";

export const YOU = "You";
export const CUSTOMER = "Customer";
export const SYSTEM = "System";

export class Conversation extends Talk {
  constructor() {
    super(byId("conversation"), YOU);
  }

  rate(entry, feedback) {
    this.following(() => entry.element.append(feedbackCard(feedback)));
  }
}
