"""Matchers for what listeners are told of a thing that happened once: as often as due, with every fact promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import moment
from countersign.systems.modelhub.socket import Frame

NUMBER = (int, float)
MAYBE_TEXT = (str, type(None))
FACTS: Mapping[str, Mapping[str, Any]] = {
    "corruption_detection": {
        "model_id": str,
        "corruption_type": str,
        "severity": str,
        "files": list,
        "repair_action": str,
        "requires_user_action": bool,
    },
    "health_monitoring_alert": {
        "model_id": str,
        "health_status": str,
        "integrity_score": NUMBER,
        "issues_found": list,
        "repair_type": str,
        "status": str,
        "repair_success": bool,
    },
    "fallback_strategy": {
        "original_model": str,
        "strategy_type": str,
        "user_message": str,
        "alternative_model": MAYBE_TEXT,
        "suggested_model": MAYBE_TEXT,
        "compatibility_score": (*NUMBER, type(None)),
        "reason": str,
    },
    "model_queue_update": {
        "queue_id": str,
        "model_id": str,
        "status": str,
        "queue_position": (int, type(None)),
        "estimated_wait_time": MAYBE_TEXT,
        "task_id": MAYBE_TEXT,
    },
    "model_update_notification": {
        "model_id": str,
        "update_type": str,
        "current_version": str,
        "latest_version": str,
        "status": str,
        "size_mb": NUMBER,
        "release_notes": str,
    },
    "alert": {"alert_type": str, "message": str, "severity": str},
}
"""The facts of each kind of message (contract, section 4.2; of a health alert: of one after a repair)."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened, the messages of its kind that tell of it, and the facts due in each, in their order."""

    what: str
    kind: str
    frames: Sequence[Frame]
    due: Sequence[Mapping[str, Any]]


class ToldWithAllFacts(Lacking[Happened]):
    """See `told_with_all_facts`."""

    expected = "what happened to be told as often as it is due, with all its facts"

    def lack(self, item: Happened) -> str:
        """Say what was not told, or wrongly."""
        if not item.frames:
            return f"nothing was told when {item.what}"
        if len(item.frames) != len(item.due):
            told = ", ".join(str(frame.data.get("status") or frame.type) for frame in item.frames)
            return f"when {item.what}, {len(item.frames)} messages came instead of {len(item.due)}: {told}"
        for frame, due in zip(item.frames, item.due, strict=True):
            if wrong := _wrong(frame, item.kind, due):
                return f"when {item.what}, {wrong}"
        return ""


def told_with_all_facts() -> ToldWithAllFacts:
    """Match something that happened of which the due messages came, each with the facts of contract 4.2."""
    return ToldWithAllFacts()


def _wrong(frame: Frame, kind: str, due: Mapping[str, Any]) -> str:
    if not isinstance(frame.event_id, str) or not frame.event_id:
        return f"the message bears no number, but {frame.event_id!r}"
    moment(frame.data.get("timestamp"), f"the timestamp of a {kind}")
    for name, kinds in FACTS[kind].items():
        words = name.replace("_", " ")
        if name not in frame.data:
            return f"the message does not tell the {words}"
        value = frame.data[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            return f"the {words} is told as {value!r}"
        if isinstance(value, str) and not value.strip():
            return f"the {words} is told without a word"
        if name in due and value != due[name]:
            return f"the {words} is told as {value!r} instead of {due[name]!r}"
    return ""
