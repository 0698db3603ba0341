/** The words for what MedAssist says in constants. */

const URGENCY = { immediate: "Immediate", urgent: "Urgent", routine: "Routine" };
const STATUS = { pending: "Waiting", in_review: "In review", escalated: "Escalated", reviewed: "Decided" };

export function urgencyWord(urgency) {
  return URGENCY[urgency] ?? String(urgency);
}

export function statusWord(status) {
  return STATUS[status] ?? String(status);
}

/** "chest pain, breathing" */
export function flagWords(flags) {
  return (flags ?? []).map((flag) => String(flag).replaceAll("_", " ")).join(", ");
}

/** Minutes as people say them. */
export function waitingWords(minutes) {
  const whole = Math.floor(Math.max(0, minutes));
  if (whole < 1) return "under 1 min";
  if (whole < 60) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

/** A moment of the server as day and time of the person who reads it. */
export function momentWords(text) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? "" : at.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}
