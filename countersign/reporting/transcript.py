"""A scenario as one reads a chat: who said what, how long it took, and where it stopped holding."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from countersign.evidence import Entry
from countersign.verdict.records import Outcome

ENTRIES_SHOWN = 400
"""Entries of one page; of a longer conversation the first and the last half of this are shown."""

TEXT_SHOWN = 4000
"""Characters of one bubble or body."""

SHORTEST_PAUSE = 0.1
"""Seconds; shorter pauses between two moments are not shown."""

LONG_PAUSE = 3.0
"""Seconds; pauses from here on are set off."""

_TEMPLATES = Path(__file__).resolve().parents[2] / "reports" / "templates"
_COLOURS = 6

OUTCOME_WORDS: dict[Outcome, str] = {
    "passed": "Held",
    "failed": "Refuted",
    "not_verified": "Not verified",
    "broken": "Broken: the suite could not finish",
}

Kind = Literal["speech", "note", "fault", "exchange", "cut", "failure"]


@dataclass(frozen=True)
class Moment:
    """One line or bubble of the page. `pause` says the time since the one before it, "" if it was short."""

    kind: Kind
    at: str = ""
    pause: str = ""
    long_pause: bool = False
    who: str = ""
    side: Literal["ours", "theirs", "middle"] = "theirs"
    colour: int = 0
    text: str = ""
    seconds: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    body: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Failure:
    """Why it did not hold, in two halves where the sentence has them."""

    reason: str
    expected: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture with its name, as it stands on the page. `mime` is its kind ("image/jpeg")."""

    name: str
    body: bytes
    mime: str

    @property
    def address(self) -> str:
        """The picture itself as an address, so that the page holds it and loads nothing."""
        return f"data:{self.mime};base64,{b64encode(self.body).decode()}"


def transcript_html(
    entries: Sequence[Entry],
    *,
    title: str,
    outcome: Outcome,
    reason: str = "",
    meta: Mapping[str, str] | None = None,
    ended_at: datetime | None = None,
    pictures: Sequence[Picture] = (),
) -> str:
    """Give a self-contained page (no scripts, nothing loaded) of what happened, readable on screen and on paper.

    `entries` are redacted already. `meta` are lines of the head, label -> text. `ended_at` is when the outcome was
    decided; entries after it (rolling back, clearing up) stand below the mark. Without it the mark is the last line.
    `pictures` stand at the end.
    """
    ordered = _without_bare_requests(sorted(entries, key=lambda entry: entry.at))
    failure = None if outcome == "passed" else split_reason(reason or "no reason was given")
    return _template().render(
        title=title,
        outcome=outcome,
        outcome_words=OUTCOME_WORDS[outcome],
        failure=failure,
        meta=dict(meta or {}),
        pictures=list(pictures),
        moments=list(_moments(ordered, failure is not None, ended_at)),
        span=f"{ordered[0].at:%Y-%m-%d %H:%M:%S} UTC, {_seconds(_between(ordered[0], ordered[-1]))}" if ordered else "",
    )


_HAMCREST = re.compile(r"expected:\s*(?P<expected>.+?)\s+but:\s*(?P<seen>.+)", re.IGNORECASE | re.DOTALL)
_OURS = re.compile(
    r"expected (?P<expected>.+?)[,;] (?:but )?(?P<seen>(?:saw|seen|was|were|got|received|found|waited|last seen)\b.+)",
    re.IGNORECASE | re.DOTALL,
)


def split_reason(reason: str) -> Failure:
    """Find what was expected and what was seen in a reason; a reason of another form stays whole."""
    for form in (_HAMCREST, _OURS):
        found = form.search(reason)
        if found:
            return Failure(reason.strip(), found["expected"].strip(), found["seen"].strip())
    return Failure(reason.strip())


def _without_bare_requests(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out requests that carried nothing and were answered: the line of the answer names them again."""
    answered = {(entry.actor, entry.summary.partition(" to ")[2]) for entry in entries if entry.direction == "received"}
    return [
        entry
        for entry in entries
        if not (
            entry.channel == "http"
            and entry.direction == "sent"
            and not entry.body
            and (entry.actor, entry.summary) in answered
        )
    ]


def _moments(entries: Sequence[Entry], with_failure: bool, ended_at: datetime | None) -> Iterator[Moment]:
    speakers = {entry.speech.speaker: 0 for entry in entries if entry.speech}
    colours = {name: number % _COLOURS for number, name in enumerate(speakers)}
    several = len({entry.actor for entry in entries if entry.actor and entry.speech}) > 1
    half = ENTRIES_SHOWN // 2
    hidden = range(half, len(entries) - half)
    marked = not with_failure
    last: Entry | None = None
    for place, entry in enumerate(entries):
        if not marked and ended_at is not None and entry.at > ended_at:
            marked = True
            yield Moment("failure")
        if place in hidden:
            if place == hidden.start:
                yield Moment("cut", text=f"{len(hidden)} moments in between are not shown on this page")
            continue
        yield _moment(entry, last, colours, several)
        last = entry
    if not marked:
        yield Moment("failure")


def _moment(entry: Entry, last: Entry | None, colours: Mapping[str, int], several: bool) -> Moment:
    pause = _between(last, entry) if last else 0.0
    ours = entry.direction == "sent"
    # Our own side takes its time to think; only for the system's answers is anybody waiting.
    words = f"{_seconds(pause)} later" if ours else f"waited {_seconds(pause)}"
    at, shown, long_pause = f"{entry.at:%H:%M:%S}", words if pause >= SHORTEST_PAUSE else "", pause >= LONG_PAUSE
    taken = _seconds(entry.seconds) if entry.seconds is not None else ""
    speech = entry.speech
    if speech is not None:
        who = f"{speech.speaker} to {entry.actor}" if several and not ours and entry.actor else speech.speaker
        return Moment(
            "speech",
            at,
            shown,
            long_pause and not ours,
            who=who,
            side="middle" if speech.role == "system" else "ours" if ours else "theirs",
            colour=colours[speech.speaker],
            text=_cut(speech.text),
            seconds=taken,
            chips=tuple(speech.details.items()),
            channel=entry.channel,
        )
    kind: Kind = "exchange"
    if entry.channel in ("note", "fault"):
        kind = "fault" if entry.channel == "fault" else "note"
    return Moment(
        kind,
        at,
        shown,
        long_pause and not ours,
        who=entry.actor,
        text=_cut(entry.summary),
        seconds=taken,
        body=_cut(entry.body),
        channel=entry.channel,
    )


def _between(first: Entry, second: Entry) -> float:
    return (second.at - first.at).total_seconds()


def _seconds(value: float) -> str:
    if value < 1:
        return f"{value * 1000:.0f} ms" if value < SHORTEST_PAUSE else f"{value:.1f} s"
    return f"{value:.1f} s" if value < 120 else f"{value / 60:.1f} min"


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_SHOWN else f"{text[:TEXT_SHOWN]} ... cut: {len(text)} characters in all"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("transcript.html.j2")
