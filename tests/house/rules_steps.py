"""Steps are thin: one sentence, one call. What branches is a journey, what talks a driver, what judges a matcher."""

import ast
import re
from collections.abc import Iterator

from .finding import Finding

MOST_STATEMENTS = 6
MOST_LINES = 10
_KEYWORDS = {"given", "when", "then", "step"}
_BRANCHES: dict[type[ast.AST], str] = {
    ast.If: "an if",
    ast.IfExp: "an if",
    ast.Match: "a match",
    ast.For: "a loop",
    ast.AsyncFor: "a loop",
    ast.While: "a loop",
    ast.Try: "a try",
    ast.With: "a with",
    ast.AsyncWith: "a with",
    ast.Return: "a return",
    ast.Yield: "a yield",
}
_IO = {
    "asyncio", "gevent", "http", "httpx", "io", "json", "os", "pathlib", "playwright", "requests", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "websockets",
}  # fmt: skip
_PARAMETER = re.compile(r"\{[^}]*\}")
_MEND = "one sentence is one call: move this into a journey (countersign/journeys) or a matcher (countersign/expect)"


def thin_steps(path: str, text: str) -> Iterator[Finding]:
    """Hold every step function of one module to the shape of a step."""
    for function in _functions(ast.parse(text)):
        body = _without_docstring(function.body)
        if not is_step(function):
            continue
        if not body:
            yield Finding(path, function.lineno, f"step {function.name} does nothing", "call the journey it stands for")
            continue
        statements = sum(isinstance(node, ast.stmt) for part in body for node in ast.walk(part))
        lines = (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1
        if statements > MOST_STATEMENTS or lines > MOST_LINES:
            yield Finding(
                path,
                function.lineno,
                f"step {function.name} has {statements} statements on {lines} lines "
                f"({MOST_STATEMENTS} on {MOST_LINES} are allowed)",
                _MEND,
            )


def no_branches(path: str, text: str) -> Iterator[Finding]:
    """No function of a step module decides, repeats, catches, waits or opens anything; helpers are no hiding place."""
    for function in _functions(ast.parse(text)):
        for part in _without_docstring(function.body):
            for node in ast.walk(part):
                name = _BRANCHES.get(type(node)) or _other(node)
                if name and not (isinstance(node, ast.Return) and not is_step(function)):
                    yield Finding(path, getattr(node, "lineno", 1), f"{function.name} holds {name}", _MEND)


def no_talking(path: str, text: str) -> Iterator[Finding]:
    """A step module imports nothing that opens files, sockets or processes, and no clock."""
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            if name.split(".")[0] in _IO:
                yield Finding(path, getattr(node, "lineno", 1), f"a step module imports {name}", _MEND)


def one_sentence_once(modules: list[tuple[str, str]]) -> Iterator[Finding]:
    """No two steps are written with the same words, whatever their parameters are called: behave would take either."""
    seen: dict[tuple[str, str], str] = {}
    for path, text in modules:
        for function in _functions(ast.parse(text)):
            for kind, sentence, line in _sentences(function):
                same = (kind, _PARAMETER.sub("{}", sentence))
                if same in seen:
                    yield Finding(
                        path,
                        line,
                        f"@{kind} {sentence!r} is defined at {seen[same]} already",
                        "use that step, or say the other thing in other words",
                    )
                seen.setdefault(same, f"{path}:{line}")


def is_step(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the function is bound to a sentence."""
    return any(True for _ in _sentences(function))


def _sentences(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, str, int]]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).split(".")[-1] in _KEYWORDS:
            first = decorator.args[0] if decorator.args else None
            words = str(first.value) if isinstance(first, ast.Constant) else ast.unparse(decorator)
            yield ast.unparse(decorator.func).split(".")[-1], words, decorator.lineno


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _other(node: ast.AST) -> str:
    if isinstance(node, ast.comprehension) and node.ifs:
        return "a comprehension with a condition"
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == "open":
            return "an open file"
        if name.split(".")[-1] == "sleep":
            return "a sleep"
    return ""


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return body[1:] if is_docstring else body
