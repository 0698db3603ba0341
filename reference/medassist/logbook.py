"""One log line per event: when, what, which request, what came of it. Never what was said."""

from pathlib import Path

from reference.common.jsonlines import JsonLines, place_of

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Logbook:
    """Writes the log as one JSON object a line: time, level, event, then whatever belongs to the event."""

    def __init__(self, path: Path | None, level: str = "INFO") -> None:
        """Append to the file `path`, or write to standard error when it is None; leave out what is below `level`."""
        self._lines = JsonLines("medassist", path, "time")
        self._least = LEVELS.index(level) if level in LEVELS else 1

    def event(self, event: str, level: str = "INFO", **about: str | float | None) -> None:
        """Note an event; values that are None are left out."""
        if LEVELS.index(level) >= self._least:
            told = {key: value for key, value in about.items() if value is not None}
            self._lines.write({"level": level, "event": event, **told})

    def trouble(self, event: str, error: BaseException) -> None:
        """Note an unexpected error by its kind and place, without its text."""
        self.event(event, "ERROR", problem=place_of(error))
