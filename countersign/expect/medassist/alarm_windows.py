"""Matcher for what the windows of a session show of an emergency: the advice and the news of a report, each once."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking

ALARMS = ("red_flag_alert", "par_ready")
WORDS = {"red_flag_alert": "advice", "par_ready": "news of a report"}


@dataclass(frozen=True)
class Alarm:
    """The kinds of frames about an emergency that one reader was shown."""

    reader: str
    shown: tuple[str, ...]


class Alarmed(Lacking[Alarm]):
    """See `alarmed_once`."""

    expected = "the advice and the news of a report, each once"

    def lack(self, item: Alarm) -> str:
        """Say what was missing or doubled."""
        wrong = [f"{item.shown.count(kind)} times the {WORDS[kind]}" for kind in ALARMS if item.shown.count(kind) != 1]
        return f"{item.reader} showed {' and '.join(wrong)}" if wrong else ""


def alarmed_once() -> Alarmed:
    """Match a reader who was shown the advice and the news of the report once each."""
    return Alarmed()
