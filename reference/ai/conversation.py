"""What the scripted AI reads in a request: the texts of the system and of the user."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_NEXT_LINE = re.compile(r"^[ \t]*Next customer line:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)

_NEUTRAL = (
    "I see. Could you tell me what happens next?",
    "All right, I have noted that. What else do you need from me?",
    "That makes sense so far. Please go on.",
    "Good to know. How long will it take?",
    "Let me think about that for a moment. Is there another way?",
    "Fine with me. What would you suggest?",
)


def text_of(message: Mapping[str, Any]) -> str:
    """Give a message's text; of a list of parts the text parts, joined by line breaks."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "\n".join(str(part["text"]) for part in content if isinstance(part, Mapping) and "text" in part)
    return ""


def last_user_text(messages: Sequence[Mapping[str, Any]]) -> str:
    """Give the text of the last message of role `user`, or an empty text."""
    return next((text_of(message) for message in reversed(messages) if message.get("role") == "user"), "")


def user_texts(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the texts of all messages of role `user`."""
    return [text_of(message) for message in messages if message.get("role") == "user"]


def metadata_of(request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the metadata that a request carries, an empty mapping without."""
    metadata = request.get("metadata")
    return metadata if isinstance(metadata, Mapping) else {}


def wants_json(request: Mapping[str, Any]) -> bool:
    """Say whether a request asks for one JSON object."""
    form = request.get("response_format")
    return isinstance(form, Mapping) and form.get("type") == "json_object"


def next_customer_line(messages: Sequence[Mapping[str, Any]]) -> str:
    """Give the line that the system text asks for with `Next customer line: <text>`.

    Without such a line a neutral sentence is given; which one depends on the length of the conversation.
    """
    for message in messages:
        if message.get("role") == "system" and (lines := _NEXT_LINE.findall(text_of(message))):
            return str(lines[-1])
    return _NEUTRAL[len(messages) % len(_NEUTRAL)]
