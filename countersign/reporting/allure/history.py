"""What earlier runs found, one JSON line a run, shared by runs that may render at the same time."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS_KEPT = 20

_NOT_SHOWN = ("trace", "labels")


def sound_lines(path: Path) -> list[str]:
    """Give the lines of a history file that can be read; one cut short by a kill is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if _is_json(line)]


def append_last(rendered: Path, history: Path) -> None:
    """Add the last line of the history that a rendering wrote to the shared one, which keeps the last 20 runs.

    Traces and labels of past runs are left out: no page shows them, and every page holds the whole history.
    """
    fresh = [_slim(line) for line in sound_lines(rendered)[-1:]]
    history.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(history.parent):
        kept = [*sound_lines(history), *fresh][-RUNS_KEPT:]
        draft = history.with_suffix(".tmp")
        draft.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        os.replace(draft, history)


def _slim(line: str) -> str:
    run = json.loads(line)
    for item in run.get("testResults", {}).values():
        for name in _NOT_SHOWN:
            item.pop(name, None)
    return json.dumps(run, ensure_ascii=False)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # held for one small write; the system frees it when a holder dies
        yield
    finally:
        os.close(handle)


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
