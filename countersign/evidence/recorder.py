"""What happened in a scenario, in order, redacted and bounded."""

import threading
from collections import deque
from dataclasses import replace
from typing import TextIO

from countersign.evidence.entry import Entry, Speech, utc_now
from countersign.evidence.redaction import Redactor

BODY_LIMIT = 4096
"""Characters of a body that are kept."""

# A secret may be cut in two where a body is cut, and would then not be known any more: this much more is read and
# then thrown away.
_MARGIN = 512


class Recorder:
    """Keep the entries of a scenario. Safe to use from several threads.

    At most `limit` entries are kept: the first half and the last half; `dropped` counts those in between. A recorder
    with `limit=0` keeps nothing (for load, where nobody reads single exchanges). With `echo` every entry is also
    written there as one redacted line, as it happens.
    """

    def __init__(self, redactor: Redactor, *, limit: int = 2000, echo: TextIO | None = None) -> None:
        self.redactor = redactor
        self._limit = limit
        self._echo = echo
        self._lock = threading.Lock()
        self._first: list[Entry] = []
        self._last: deque[Entry] = deque(maxlen=max(limit - limit // 2, 0))
        self._noted = 0

    @property
    def keeps(self) -> bool:
        """Say whether an entry noted here is kept or shown at all."""
        return self._limit > 0 or self._echo is not None

    @property
    def dropped(self) -> int:
        """Count the entries that were noted and are no longer kept."""
        with self._lock:
            return self._noted - len(self._first) - len(self._last)

    def note(self, entry: Entry) -> None:
        """Keep an entry, redacted, its body cut at 4 kB."""
        if not self.keeps:
            with self._lock:
                self._noted += 1
            return
        clean = self._redacted(entry)
        with self._lock:
            self._noted += 1
            if len(self._first) < self._limit // 2:
                self._first.append(clean)
            else:
                self._last.append(clean)
            if self._echo is not None:
                self._echo.write(_line(clean))
                self._echo.flush()

    def say(self, summary: str, *, actor: str = "", system: str = "", body: str = "") -> None:
        """Note a remark that is no exchange."""
        self.note(Entry(utc_now(), actor, system, "note", "event", summary, body))

    def entries(self) -> list[Entry]:
        """Give what is kept, in the order it was noted; a remark stands where entries were dropped."""
        with self._lock:
            first, last = list(self._first), list(self._last)
            dropped = self._noted - len(first) - len(last)
        if not dropped:
            return first + last
        at = last[0].at if last else utc_now()
        remark = Entry(
            at, "", "", "note", "event", f"... {dropped} more entries were not kept (limit {self._limit}) ..."
        )
        return [*first, remark, *last]

    def _redacted(self, entry: Entry) -> Entry:
        text = self.redactor.text
        speech = entry.speech
        if speech is not None:
            details = {text(label): text(value) for label, value in speech.details.items()}
            speech = Speech(text(speech.speaker), speech.role, redacted_body(speech.text, self.redactor), details)
        return replace(
            entry,
            actor=text(entry.actor),
            summary=text(entry.summary),
            body=redacted_body(entry.body, self.redactor),
            speech=speech,
        )


def redacted_body(body: str, redactor: Redactor) -> str:
    """Give a body redacted and cut at 4 kB, also when a secret stands across the cut."""
    if len(body) <= BODY_LIMIT:
        return redactor.text(body)
    clean = redactor.text(body[: BODY_LIMIT + _MARGIN])
    kept = clean[: max(0, min(BODY_LIMIT, len(clean) - _MARGIN))]
    return f"{kept}\n... cut: {len(body)} characters in all"


def _line(entry: Entry) -> str:
    arrow = {"sent": "->", "received": "<-", "event": "--"}[entry.direction]
    seconds = "" if entry.seconds is None else f" [{entry.seconds:.3f} s]"
    body = f" {entry.body}" if entry.body else ""
    who = " ".join(part for part in (entry.actor, arrow, entry.system) if part)
    line = f"{entry.at:%H:%M:%S.%f} {entry.channel} {who}: {entry.summary}{seconds}{body}"
    return line.replace("\r", "").replace("\n", " ") + "\n"
