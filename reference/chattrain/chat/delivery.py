"""Hand the frames of a turn to the trainee, in their order."""

from reference.chattrain.chat import frames
from reference.chattrain.chat.conversation import Conversation
from reference.chattrain.messages import CustomerLine, Evaluation, StoredLine
from reference.chattrain.sessions import Ending


class Delivery:
    """Delivers receipt, answer, feedback and end to whoever is connected now or next."""

    def receipt(self, conversation: Conversation, line: StoredLine) -> None:
        """Confirm a line that is kept."""
        conversation.deliver(frames.message_received(line.id))

    def exchange(
        self, conversation: Conversation, answer_id: int, answer: CustomerLine, evaluation: Evaluation
    ) -> None:
        """Bring the answer, then the feedback; both are kept already."""
        conversation.deliver(frames.assistant_message(answer_id, answer))
        conversation.deliver(frames.evaluation_feedback(evaluation))

    def ending(self, conversation: Conversation, ending: Ending) -> None:
        """Tell that the session is over."""
        conversation.deliver(frames.session_complete(conversation.session.id, ending))
