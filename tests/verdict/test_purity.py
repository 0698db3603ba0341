"""The verdict imports the standard library and itself, reads no clock, file or network."""

import ast
from pathlib import Path

import pytest

import countersign.verdict.judge as judge_module

PACKAGE = Path(judge_module.__file__).parent
ALLOWED = {"collections", "dataclasses", "datetime", "math", "operator", "typing"}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_imports_and_calls_stay_pure(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        else:
            modules = []
        for module in modules:
            assert module.split(".")[0] in ALLOWED or module.startswith("countersign.verdict."), module
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in {"open", "print", "today", "now", "utcnow", "time", "input"}, called
