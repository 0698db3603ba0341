"""The frames that the server sends, and the texts in which stored things are shown."""

from collections.abc import Mapping
from typing import Any

from reference.chattrain import clock
from reference.chattrain.catalogue import Entry
from reference.chattrain.messages import CustomerLine, Evaluation, Item
from reference.chattrain.sessions import Ending, Session

Frame = dict[str, Any]


def frame(kind: str, content: str, **fields: Any) -> Frame:
    """Give a frame of type `kind`, stamped with the present moment."""
    return {"type": kind, "content": content, "timestamp": clock.iso(clock.now()), **fields}


def session_start(session: Session, entry: Entry) -> Frame:
    """Greet: which session, which scenario, and the customer's opening line."""
    scenario = entry.scenario
    about = {
        "id": scenario.id,
        "title": scenario.title,
        "documents": [document.filename for document in scenario.documents],
    }
    return frame(
        "session_start",
        f"You have joined the training session: {scenario.title}.",
        session_id=session.id,
        security_enabled=True,
        scenario=about,
        first_message=scenario.bot_messages[0].content,
    )


def session_info(session: Session, entry: Entry, items: list[Item]) -> Frame:
    """Tell the state of the session and everything that was said in it."""
    about = {
        "scenario": {"id": entry.scenario.id, "title": entry.scenario.title},
        "session": shown_session(session),
        "messages": [shown_item(item) for item in items],
    }
    return frame("session_info", "The session as it stands.", session_id=session.id, metadata=about)


def message_received(message_id: int) -> Frame:
    """Confirm that a trainee line is kept."""
    return frame("message_received", "Your message was received.", message_id=message_id)


def assistant_message(message_id: int, answer: CustomerLine) -> Frame:
    """Bring the customer's answer."""
    return frame("assistant_message", answer.text, message_id=message_id, metadata=answer.metadata())


def evaluation_feedback(evaluation: Evaluation) -> Frame:
    """Tell what the line was worth."""
    about = {
        "keyword_matches": dict(evaluation.keyword_matches),
        "quality_scores": dict(evaluation.quality_scores),
        "timestamp": clock.iso(clock.now()),
    }
    return frame(
        "evaluation_feedback",
        evaluation.feedback,
        score=evaluation.score,
        suggestions=list(evaluation.suggestions),
        metadata=about,
    )


def session_complete(session_id: int, ending: Ending) -> Frame:
    """Tell that the session is over, with its summary."""
    sentence = "The session is completed." if ending.status == "completed" else "The session was ended early."
    return frame("session_complete", sentence, session_id=session_id, status=ending.status, summary=ending.summary)


def error(code: str, sentence: str) -> Frame:
    """Refuse a frame that was not understood or is not allowed now."""
    return frame("error", sentence, code=code)


def security_error(code: str, sentence: str, **fields: Any) -> Frame:
    """Refuse a trainee line."""
    return frame("security_error", sentence, error_code=code, **fields)


def not_understood() -> Frame:
    """Answer a frame that is no JSON object in a text frame."""
    return error("INVALID_REQUEST", "This frame was not understood. Send a JSON object as text.")


def unknown_type() -> Frame:
    """Answer a frame whose type a client cannot send."""
    return error("UNKNOWN_TYPE", "This type of frame is not known.")


def session_over() -> Frame:
    """Answer a line or an end that comes after the session's end."""
    return error("SESSION_COMPLETED", "This session is over and takes no more messages.")


def unavailable() -> Frame:
    """Answer what cannot be kept now."""
    return error("SERVICE_UNAVAILABLE", "This cannot be kept at the moment. Please try again shortly.")


def shown_session(session: Session) -> dict[str, Any]:
    """Give the session as its trainee may see it."""
    return {
        "id": session.id,
        "scenario_id": session.scenario_id,
        "user_id": session.user_id,
        "status": session.status,
        "created_at": clock.iso(session.created_at),
        "completed_at": clock.iso_or_none(session.completed_at),
    }


def shown_item(item: Item) -> dict[str, Any]:
    """Give a stored line as its trainee may see it; a line of the trainee shows its evaluation (null until rated)."""
    shown = {
        "id": item.id,
        "role": item.role,
        "content": item.content,
        "timestamp": clock.iso(item.timestamp),
        "metadata": dict(item.metadata),
    }
    return {**shown, "evaluation": _shown_evaluation(item.evaluation)} if item.role == "user" else shown


def _shown_evaluation(evaluation: Evaluation | None) -> Mapping[str, Any] | None:
    if evaluation is None:
        return None
    return {
        "score": evaluation.score,
        "feedback": evaluation.feedback,
        "suggestions": list(evaluation.suggestions),
        "keyword_matches": dict(evaluation.keyword_matches),
        "quality_scores": dict(evaluation.quality_scores),
    }
