"""The reference systems that a run starts itself: what is said when they cannot be had as asked for."""

from collections.abc import Sequence
from typing import Any

import pytest

from countersign.errors import SuiteError, TargetError
from countersign.evidence import Recorder, Redactor
from countersign.suite import opening
from countersign.suite.opening import Opening
from countersign.target.embedded import EmbeddedStack
from countersign.target.options import read_options
from countersign.target.settings import load_target


def test_a_stack_that_does_not_get_ready_gives_its_own_reason() -> None:
    stack = EmbeddedStack(["chattrain"], "chattrain=no-such-fault")
    with pytest.raises(SuiteError, match=r"(?s)did not start: .*no-such-fault"):
        stack.wait_ready()


class StackOfNothing:
    """A stack whose only system did not start."""

    def __init__(self, systems: Sequence[str], faults: str, *, database: str) -> None:
        self.systems = systems

    def wait_ready(self) -> dict[str, Any]:
        told = {"url": "http://127.0.0.1:1", "token": "t"}
        return {"control": told, "ai": told, "systems": {}, "failed": dict.fromkeys(self.systems, "no teapot")}


def test_a_system_that_did_not_start_is_a_problem_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "EmbeddedStack", StackOfNothing)
    systems = Opening(load_target("embedded"), read_options({}, {}), ["modelhub"]).finish(
        Recorder(Redactor()), lambda *_: None
    )
    assert systems["modelhub"].problem == "the reference system did not start: no teapot"


def test_the_database_of_a_live_system_cannot_be_chosen() -> None:
    options = read_options({"database": "postgresql", "medassist.url": "http://127.0.0.1:1"}, {})
    with pytest.raises(TargetError, match="only for systems that the suite starts itself"):
        Opening(load_target("embedded"), options, ["chattrain", "medassist"])


def test_only_databases_that_the_reference_knows_can_be_asked_for() -> None:
    assert read_options({}, {}).database == "sqlite"
    assert read_options({}, {"COUNTERSIGN_DATABASE": "postgresql"}).database == "postgresql"
    with pytest.raises(TargetError, match="database=oracle: input should be 'sqlite' or 'postgresql'"):
        read_options({"database": "oracle"}, {})
