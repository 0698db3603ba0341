"""What the AI is asked: instructions, and everything said before in the session, nothing else."""

from collections.abc import Mapping, Sequence

from reference.medassist.chat.messages import Message
from reference.medassist.models.client import Question

CHAT = (
    "You collect symptoms for a nurse. Ask one short question at a time about what, where, since when and how strong. "
    "Never diagnose, never name a dose or a medicine to start, take or stop, never say that no help is needed. "
    "In an emergency ask the patient to call for help."
)
REPORT = (
    "Prepare a preliminary report for a nurse from the conversation. Answer with one JSON object: "
    "chief_complaint (text), symptoms (list of texts), assessment (text), urgency (routine, urgent or immediate), "
    "additional_notes (text or null), confidence (0 to 1). Do not diagnose and do not prescribe."
)
PREDICT = "You analyse a text for clinical staff. Answer briefly."
_ROLES = {"user": "user", "assistant": "assistant", "system": "assistant"}
"""What the system said to the patient stands beside the AI's own words, so that instructions stay ours alone."""


class PromptBuilder:
    """Builds questions to the AI. They hold no name, address, id or token."""

    def chat(self, conversation: Sequence[Message], message: Message) -> Question:
        """Ask for the answer to `message`, the last of `conversation` that counts."""
        return Question([_system(CHAT), *self.said(conversation, message)], streamed=True)

    def report(self, conversation: Sequence[Message]) -> Question:
        """Ask for a report."""
        return Question([_system(REPORT), *self.said(conversation, None)], as_json=True)

    def predict(self, inputs: str, parameters: Mapping[str, object]) -> Question:
        """Ask for a prediction."""
        return Question([_system(PREDICT), {"role": "user", "content": inputs}], parameters=parameters)

    def said(self, conversation: Sequence[Message], until: Message | None) -> list[dict[str, str]]:
        """Give what was said up to a message: later messages of the patient wait for their own turn."""
        last = until.sequence_number if until else None
        heard = [
            message
            for message in conversation
            if last is None or message.sequence_number <= last or message.role == "assistant"
        ]
        ordered = _answers_behind_their_messages(heard)
        return [{"role": _ROLES[message.role], "content": message.content} for message in ordered]


def _answers_behind_their_messages(messages: Sequence[Message]) -> list[Message]:
    answers = {message.metadata.get("in_reply_to"): message for message in messages if message.role == "assistant"}
    ordered: list[Message] = []
    for message in messages:
        if message.role != "assistant":
            ordered.append(message)
            if message.id in answers:
                ordered.append(answers[message.id])
    return ordered


def _system(text: str) -> dict[str, str]:
    return {"role": "system", "content": text}
