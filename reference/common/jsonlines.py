"""A log of one JSON object a line."""

import json
import logging
import time
from collections.abc import Mapping
from pathlib import Path


class JsonLines:
    """Writes lines that begin with the time, in UTC with milliseconds."""

    def __init__(self, name: str, path: Path | None, time_key: str) -> None:
        """Append to the file `path`, or write to standard error when it is None; the time stands under `time_key`."""
        handler: logging.Handler = logging.StreamHandler()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(_Line(time_key))
        self._log = logging.Logger(name, logging.INFO)
        self._log.addHandler(handler)

    def write(self, about: Mapping[str, object]) -> None:
        """Write one line; `about` has at least one entry."""
        self._log.info(json.dumps(about, separators=(",", ":")))


def place_of(error: BaseException) -> str:
    """Name an error by its kind and the line of code it came from, without its text: that may hold a message."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "unknown place"
    return f"{type(error).__name__} at {place}"


class _Line(logging.Formatter):
    def __init__(self, time_key: str) -> None:
        super().__init__()
        self._time_key = time_key

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        return f'{{"{self._time_key}":"{moment}",{record.getMessage()[1:]}'
