"""Which room may use which: imports point one way only (docs/architecture.md)."""

import ast
import sys
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath

from .finding import Finding

_ANY = frozenset({"errors", "paths", "catalogue", "ledger"})
"""Small rooms that every other room of the library may use, except the verdict."""

MAY_USE: Mapping[str, Set[str]] = {
    "verdict": frozenset(),
    "workflows": frozenset(),
    "errors": frozenset(),
    "paths": frozenset({"errors"}),
    "catalogue": frozenset({"errors", "paths", "verdict"}),
    "ledger": frozenset({"errors", "paths", "verdict"}),
    "evidence": _ANY,
    "transport": _ANY | {"evidence"},
    "faults": _ANY | {"transport", "evidence"},
    "target": _ANY | {"faults", "transport", "evidence"},
    "systems": _ANY | {"target", "transport", "evidence"},
    "expect": _ANY | {"systems", "transport", "evidence", "workflows"},
    "load": _ANY | {"systems", "transport", "evidence", "verdict"},
    "journeys": _ANY
    | {"systems", "expect", "transport", "evidence", "load", "faults", "target", "verdict", "workflows"},
    "reporting": _ANY | {"verdict", "evidence"},
    "suite": _ANY | {"journeys", "systems", "target", "faults", "transport", "evidence", "reporting", "verdict"},
    "proof": _ANY | {"suite", "target", "faults", "evidence", "reporting", "verdict"},
    "cli": _ANY | {"suite", "proof", "reporting", "target", "verdict"},
    "__main__": frozenset({"cli"}),
    "__init__": frozenset(),
}
"""Room of `countersign` -> the rooms it may import. Its own room and the standard library are always allowed."""

STEPS_MAY_USE = frozenset({"countersign.journeys", "countersign.expect", "countersign.suite", "personas"})
STEPS_LIBRARIES = frozenset({"behave", "hamcrest", "typing", "collections", "dataclasses"})
IMPURE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
"""Parts of the standard library that talk to the world; the verdict computes from its arguments alone."""


def imports(path: str, text: str) -> Iterator[tuple[str, int]]:
    """Yield (absolute dotted name, line) of every import of a module, also those inside functions and type checks."""
    package = list(PurePosixPath(path).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - (node.level - 1)] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def arrows(path: str, text: str) -> Iterator[Finding]:
    """Hold one module to the arrows of the house."""
    room = _room_of(path)
    for name, line in imports(path, text):
        top = name.split(".", maxsplit=1)[0]
        if top == "steps":
            yield Finding(path, line, f"imports {name}", "nothing imports steps: move what both need into a journey")
        elif room == "reference" and top in ("countersign", "personas"):
            yield Finding(path, line, f"imports {name}", "the reference must not know the suite: use reference/common")
        elif room != "reference" and top == "reference" and not path.startswith(("tests/", "benchmarks/")):
            yield Finding(
                path, line, f"imports {name}", "the suite knows a system only by its URL: start it as a process"
            )
        elif room == "steps":
            yield from _of_steps(path, line, name, top)
        elif room == "environment":
            if top == "countersign" and name.split(".")[1] != "suite":
                yield Finding(path, line, f"imports {name}", "hooks call countersign.suite, which calls the rest")
        elif room == "personas":
            if top == "countersign" and name.split(".")[1] not in ("errors", "paths"):
                yield Finding(path, line, f"imports {name}", "a persona is data: only countersign.errors may be used")
        elif room.startswith("countersign/"):
            yield from _of_library(path, line, name, room.removeprefix("countersign/"))


def verdict_is_pure(path: str, text: str) -> Iterator[Finding]:
    """The verdict imports only the standard library and itself, and nothing that talks to the world."""
    for name, line in imports(path, text):
        top = name.split(".", maxsplit=1)[0]
        ours = name.startswith("countersign.verdict.")
        if not ours and (top not in sys.stdlib_module_names or top in IMPURE):
            yield Finding(path, line, f"the verdict imports {name}", "hand the value in as an argument or a record")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _WORLDLY_CALLS:
            yield Finding(
                path, node.lineno, f"the verdict calls {ast.unparse(node.func)}", "hand the value in as an argument"
            )


_WORLDLY_CALLS = {"open", "print", "input", "datetime.now", "datetime.utcnow", "date.today", "datetime.date.today"}


def has_cycle(may_use: Mapping[str, Set[str]]) -> list[str]:
    """Give one circle of rooms that may use each other, or an empty list: arrows in a circle point nowhere."""

    def search(room: str, way: tuple[str, ...]) -> list[str]:
        if room in way:
            return [*way[way.index(room) :], room]
        for used in sorted(may_use.get(room, ())):
            found = search(used, (*way, room))
            if found:
                return found
        return []

    return next((circle for room in sorted(may_use) if (circle := search(room, ()))), [])


def _of_steps(path: str, line: int, name: str, top: str) -> Iterator[Finding]:
    ours = any(name == allowed or name.startswith(f"{allowed}.") for allowed in STEPS_MAY_USE)
    if not ours and top not in STEPS_LIBRARIES:
        yield Finding(
            path,
            line,
            f"a step module imports {name}",
            f"steps use {', '.join(sorted(STEPS_MAY_USE))}, behave and hamcrest: move the rest into a journey",
        )


def _of_library(path: str, line: int, name: str, room: str) -> Iterator[Finding]:
    parts = name.split(".")
    if parts[0] != "countersign" or len(parts) < 2:
        return
    used = parts[1]
    if room not in MAY_USE:
        yield Finding(path, line, f"{room} is no room of the house", "name it in MAY_USE and docs/architecture.md")
    elif used != room and used in MAY_USE and used not in MAY_USE[room]:
        allowed = ", ".join(sorted(MAY_USE[room])) or "nothing of ours"
        yield Finding(path, line, f"{room} imports {name}", f"{room} may use {allowed}: turn the arrow round")


def _room_of(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[0] == "countersign" and len(parts) > 1:
        return f"countersign/{PurePosixPath(parts[1]).stem}"
    return PurePosixPath(parts[0]).stem
