"""The arrows of the house: imports that turn one round, imports that follow them, then the code of this suite."""

import pytest

from . import rules_layering as rules
from .finding import Finding, assert_none, whats
from .repository import modules


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("countersign/systems/chattrain/driver.py", "from countersign.journeys.chattrain import trainee"),
        ("countersign/transport/http.py", "import countersign.systems.chattrain"),
        ("countersign/evidence/recorder.py", "from countersign import transport"),
        ("countersign/evidence/recorder.py", "from ..transport import http"),
        ("countersign/journeys/chattrain/trainee.py", "def later():\n    from countersign.suite.stage import Stage"),
        ("countersign/reporting/page.py", "from countersign.suite.run import Run"),
        ("countersign/target/live.py", "from reference.stack import up"),
        ("countersign/attic/old.py", "from countersign.errors import SuiteError"),
        ("reference/chattrain/app.py", "from countersign.errors import SuiteError"),
        ("reference/chattrain/app.py", "import personas"),
        ("steps/chat.py", "from countersign.systems.chattrain import Driver"),
        ("steps/chat.py", "from countersign.transport import eventually"),
        ("steps/chat.py", "import httpx"),
        ("tests/unit/test_x.py", "from steps import chat"),
        ("steps/triage.py", "import steps.chat"),
        ("environment.py", "from countersign.verdict import judge"),
        ("personas/__init__.py", "from countersign.journeys import chattrain"),
    ],
)
def test_an_arrow_turned_round_is_found(path: str, text: str) -> None:
    assert len(list(rules.arrows(path, text))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("countersign/systems/chattrain/driver.py", "from countersign.transport.http import HttpClient"),
        ("countersign/systems/chattrain/driver.py", "from .frames import Frame"),
        ("countersign/journeys/chattrain/trainee.py", "from countersign.systems.chattrain import Driver"),
        ("countersign/verdict/judge.py", "from countersign.verdict.records import Record"),
        ("countersign/suite/run.py", "from countersign import __version__"),
        ("reference/chattrain/app.py", "from reference.common import auth"),
        (
            "steps/chat.py",
            "from behave import when\nfrom hamcrest import assert_that\nfrom countersign.expect import x",
        ),
        ("steps/chat.py", "from countersign.suite.stage import Stage"),
        ("environment.py", "from countersign.suite.life import install"),
        ("tests/unit/test_x.py", "import reference"),
    ],
)
def test_an_arrow_the_right_way_is_left_alone(path: str, text: str) -> None:
    assert whats(rules.arrows(path, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import yaml",
        "from countersign.errors import SuiteError",
        "from pathlib import Path",
        "import time",
        "text = open('journal.jsonl')",
        "from datetime import datetime\nnow = datetime.now()",
    ],
)
def test_a_verdict_that_looks_at_the_world_is_found(text: str) -> None:
    assert len(list(rules.verdict_is_pure("countersign/verdict/judge.py", text))) == 1


def test_a_verdict_that_computes_is_left_alone() -> None:
    text = (
        "from dataclasses import dataclass\nfrom datetime import date\nfrom countersign.verdict.records import Ended\n"
    )
    assert list(rules.verdict_is_pure("countersign/verdict/judge.py", text)) == []


def test_the_arrows_lead_in_no_circle() -> None:
    assert rules.has_cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert rules.has_cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    assert rules.has_cycle(rules.MAY_USE) == []


def test_every_module_follows_the_arrows() -> None:
    findings: list[Finding] = []
    for path, text in modules():
        findings += rules.arrows(path, text)
    for path, text in modules(below="countersign/verdict"):
        findings += rules.verdict_is_pure(path, text)
    assert_none(findings)
