"""Write the journal of a run: one record a line, in the file before the next thing happens."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from countersign.verdict.records import Record, from_json, to_json

NAME = "journal.jsonl"


class Journal:
    """Append records to `journal.jsonl` of a run's folder.

    Every record is one write to a file opened for appending, so lanes that share the file do not mix their lines and
    nothing that was written is lost when the suite is killed.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def write(self, record: Record) -> None:
        """Append one record."""
        os.write(self._file, (json.dumps(to_json(record), ensure_ascii=False) + "\n").encode("utf-8", "replace"))

    def close(self) -> None:
        """Close the file; writing afterwards is an error."""
        os.close(self._file)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def follow(folder: Path, offset: int) -> tuple[list[Record], int]:
    """Read the whole lines that were added since `offset` (in bytes); give the records and the new offset."""
    path = folder / NAME
    if not path.exists():
        return [], offset
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read()
    whole = data[: data.rfind(b"\n") + 1]
    return list(_records(whole)), offset + len(whole)


def _records(data: bytes) -> Iterator[Record]:
    for line in data.splitlines():
        if line.strip():
            yield from_json(json.loads(line))
