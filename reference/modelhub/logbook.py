"""One log line per event: when, which process, what. Never a prompt, a token or a name."""

from pathlib import Path

from reference.common.jsonlines import JsonLines, place_of


class Logbook:
    """Writes the log as one JSON object a line."""

    def __init__(self, path: Path | None, process: str) -> None:
        """Append to the file `path`, or write to standard error when it is None; lines carry the name `process`."""
        self._lines = JsonLines("modelhub", path, "timestamp")
        self._process = process

    def event(self, event: str, **about: object) -> None:
        """Write a line about something that happened."""
        self._lines.write({"process": self._process, "event": event, **about})

    def trouble(self, event: str, error: BaseException) -> None:
        """Write down an unexpected error by its kind and place."""
        self._lines.write({"process": self._process, "event": event, "level": "ERROR", "error": place_of(error)})
