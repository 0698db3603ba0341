"""The files the rules are applied to. Rules themselves are pure functions over text; only this module reads."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .finding import Finding

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
_GENERATED = ("reports/out",)


def texts(*suffixes: str, below: str = ".") -> Iterator[tuple[str, str]]:
    """Yield (path relative to the repository, text) of every own file with one of the suffixes, sorted by path."""
    start = ROOT / below
    candidates = [start] if start.is_file() else sorted(_walk(start))
    for path in candidates:
        relative = path.relative_to(ROOT).as_posix()
        if path.suffix in suffixes or path.name in suffixes:
            yield relative, path.read_text(encoding="utf-8")


def modules(below: str = ".") -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every own Python module that can be read; `unreadable` names the others."""
    broken = {finding.path for finding in unreadable()}
    yield from ((path, text) for path, text in texts(".py", below=below) if path not in broken)


@cache
def unreadable() -> tuple[Finding, ...]:
    """Find the modules that are no Python, so that every other rule may parse what it is given."""
    found = []
    for path, text in texts(".py"):
        try:
            ast.parse(text)
        except SyntaxError as error:
            found.append(Finding(path, error.lineno or 1, f"this is no Python: {error.msg}", "finish the sentence"))
    return tuple(found)


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir() or folder.relative_to(ROOT).as_posix().startswith(_GENERATED):
        return
    for path in folder.iterdir():
        if path.is_symlink() or path.name in _NOT_OURS:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def catalogues() -> dict[str, Any]:
    """Give every `criteria/<system>.yaml` as {system: document}."""
    found = {}
    for path, text in texts(".yaml", below="criteria"):
        if not path.endswith(".faults.yaml"):
            document = yaml.safe_load(text)
            found[document["system"]] = document
    return found


def fault_lists() -> dict[str, tuple[str, str]]:
    """Give every `criteria/<system>.faults.yaml` as {system of the file name: (path, text)}."""
    suffix = ".faults.yaml"
    return {
        Path(path).name.removesuffix(suffix): (path, text)
        for path, text in texts(".yaml", below="criteria")
        if path.endswith(suffix)
    }


def persona_tags() -> set[str]:
    """Give `@persona-<tag>` of every card in `personas/`."""
    cards = [yaml.safe_load(text) for path, text in texts(".yaml", below="personas") if path.count("/") == 1]
    return {f"@persona-{card['tag']}" for card in cards}


def allowed(section: str) -> list[dict[str, Any]]:
    """Give one section of `exceptions.yaml`, the only place where a rule may be lifted."""
    document = yaml.safe_load((Path(__file__).parent / "exceptions.yaml").read_text(encoding="utf-8"))
    return list(document[section] or [])
