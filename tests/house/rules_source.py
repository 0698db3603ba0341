"""Rules for every source file: size, sleeps, swallowed errors, silenced warnings, paths of one machine."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .finding import Finding

EXCEPTIONS = "tests/house/exceptions.yaml"
_LIMITS = (("environment.py", 100), ("countersign/", 300), ("steps/", 250))
# Homes, scratch folders and workplaces of a machine, where the path begins (not the middle of another path).
_MACHINE = re.compile(
    r"(?<![\w.}\])~*-])(?<!/)(?:/(?:home|Users)/[a-z][\w.-]*|/(?:root|work|tmp|mnt|var/folders)/[\w.-]+|[A-Z]:\\\\?Users\\)"
)
_NOQA = re.compile(r"#\s*noqa(?P<codes>\s*:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?(?P<rest>[^#]*)", re.IGNORECASE)
_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<code>\[[\w, -]+\])?")
# `asyncio.sleep(0)` only hands over to other tasks.
_SLEEPERS = {"time.sleep", "gevent.sleep", "asyncio.sleep", "anyio.sleep"}


def file_is_small(path: str, text: str, exceptions: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """One file, one idea: environment.py 100 lines, a library module 300, a step module 250."""
    limit = next((most for start, most in _LIMITS if path.startswith(start)), None)
    if limit is None:
        return
    limit = next((int(entry["lines"]) for entry in exceptions if entry["where"] == path), limit)
    lines = len(text.splitlines())
    if lines > limit:
        yield Finding(path, limit + 1, f"{lines} lines, {limit} are allowed", "split it where its second idea begins")


def no_machine_paths(path: str, text: str) -> Iterator[Finding]:
    """No file names a folder of one machine."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _MACHINE.finditer(line):
            yield Finding(
                path,
                number,
                f"a path of one machine: {match.group()}",
                "make it relative to the repository, or take a temporary folder from tempfile or tmp_path",
            )


def sleeps(path: str, text: str) -> Iterator[tuple[str, int]]:
    """Yield (name of the function around it, line) of every sleep that is no bounded poll of a test or the reference.

    The library has `eventually` for that; tests and the reference may pause between two looks in a loop that reads
    the clock.
    """
    polls_itself = path.startswith(("tests/", "reference/"))
    tree = ast.parse(text)
    bare = {
        f"{alias.asname or alias.name}": f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    modules = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname
    }

    def visit(node: ast.AST, function: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            if polls_itself and isinstance(child, ast.While) and _reads_the_clock(child):
                continue
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Call) and [ast.unparse(argument) for argument in child.args] != ["0"]:
                name = ast.unparse(child.func)
                head, dot, tail = name.partition(".")
                if {bare.get(name, name), f"{modules.get(head, head)}{dot}{tail}"} & _SLEEPERS:
                    yield inner, child.lineno
            yield from visit(child, inner)

    yield from visit(tree, "<module>")


def sleeps_are_allowed(files: Iterable[tuple[str, str]], exceptions: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """A sleep is never a wait: each one is listed with its reason, and the list holds nothing else."""
    allowed = {(str(entry["where"]), str(entry["in"])): str(entry.get("why") or "") for entry in exceptions}
    used = set()
    for path, text in files:
        for function, line in sleeps(path, text):
            used.add((path, function))
            if (path, function) not in allowed:
                yield Finding(
                    path,
                    line,
                    f"{function} sleeps",
                    "wait for what is awaited (eventually, Deadline, Event.wait); a silence that is the point itself "
                    f"is listed with its reason in {EXCEPTIONS}",
                )
    for place, why in allowed.items():
        if place not in used or not why.strip():
            yield Finding(
                EXCEPTIONS, 1, f"the sleep of {place[1]} in {place[0]} is gone or has no reason", "remove the entry"
            )


def nothing_swallowed(path: str, text: str) -> Iterator[Finding]:
    """No error disappears: no bare except, no handler that does nothing, no suppressing of everything."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield Finding(path, node.lineno, "a bare except", "name the exceptions that are expected here")
            elif all(_is_nothing(part) for part in node.body):
                yield Finding(
                    path,
                    node.lineno,
                    f"except {ast.unparse(node.type)} swallows the error",
                    "report it, or say with contextlib.suppress(<the one expected>) that it is no error",
                )
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "suppress":
            broad = {ast.unparse(argument) for argument in node.args} & {"Exception", "BaseException"}
            if broad:
                yield Finding(
                    path, node.lineno, f"suppress({broad.pop()}) hides everything", "name the exceptions expected here"
                )


def silence_has_a_reason(path: str, text: str) -> Iterator[Finding]:
    """Every `noqa` names its rule and says why; every `type: ignore` names its rule."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        noqa = _NOQA.match(token.string[token.string.lower().find("# noqa") :]) if "noqa" in token.string else None
        if noqa and (not noqa["codes"] or not re.search(r"\w{3}", noqa["rest"])):
            yield Finding(
                path,
                token.start[0],
                f"a silenced warning without rule or reason: {token.string}",
                "write `# " + "noqa: CODE - why it is right here`",
            )
        ignore = _IGNORE.search(token.string)
        if ignore and not ignore["code"]:
            yield Finding(
                path, token.start[0], "a silenced type error without its rule", "write `# type: " + "ignore[rule]`"
            )


def _reads_the_clock(loop: ast.While) -> bool:
    calls = (ast.unparse(node.func) for node in ast.walk(loop) if isinstance(node, ast.Call))
    return any(name.endswith(("monotonic", "perf_counter", ".time")) for name in calls)


def _is_nothing(statement: ast.stmt) -> bool:
    is_ellipsis = (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and (statement.value.value is ... or isinstance(statement.value.value, str))
    )
    return isinstance(statement, ast.Pass) or is_ellipsis
