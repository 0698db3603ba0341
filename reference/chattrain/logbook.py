"""One log line per request or frame: when, which session, what came of it. Never what was said."""

from pathlib import Path

from reference.common.jsonlines import JsonLines, place_of

_NAME = "chattrain"


class Logbook:
    """Writes the log as one JSON object a line."""

    def __init__(self, path: Path | None) -> None:
        """Append to the file `path`, or write to standard error when it is None."""
        self._lines = JsonLines(_NAME, path, "at")

    def request(self, method: str, route: str, code: int, seconds: float, session: str | None) -> None:
        """Note an HTTP answer; `route` is the template of the path, not the path itself."""
        took = {"seconds": round(seconds, 4)}
        about = {"session": int(session)} if session and session.isascii() and session.isdigit() else {}
        self._write({"event": "request", "method": method, "route": route, "outcome": code, **took, **about})

    def frame(self, session: int, kind: str, outcome: str) -> None:
        """Note a frame of a chat socket and what came of it."""
        self._write({"event": "frame", "session": session, "frame": kind, "outcome": outcome})

    def note(self, what: str, outcome: str, session: int | None = None) -> None:
        """Note anything else: a start, an ended session, an error by the name of its kind and place."""
        about = {} if session is None else {"session": session}
        self._write({"event": what, "outcome": outcome, **about})

    def trouble(self, what: str, error: BaseException) -> None:
        """Note an unexpected error by its kind and the line of our code, without its text: that may hold a message."""
        self._write({"event": what, "outcome": place_of(error)})

    def _write(self, about: dict[str, object]) -> None:
        self._lines.write(about)
