"""The reference systems that a run starts itself: what is said when they cannot be had as asked for."""

import pytest

from countersign.errors import SuiteError, TargetError
from countersign.suite.opening import Opening
from countersign.target.embedded import EmbeddedStack
from countersign.target.options import read_options
from countersign.target.settings import load_target


def test_a_stack_that_does_not_get_ready_gives_its_own_reason() -> None:
    stack = EmbeddedStack(["chattrain"], "chattrain=no-such-fault")
    with pytest.raises(SuiteError, match=r"(?s)did not start: .*no-such-fault"):
        stack.wait_ready()


def test_the_database_of_a_live_system_cannot_be_chosen() -> None:
    options = read_options({"database": "postgresql", "medassist.url": "http://127.0.0.1:1"}, {})
    with pytest.raises(TargetError, match="only for systems that the suite starts itself"):
        Opening(load_target("embedded"), options, ["chattrain", "medassist"])


def test_only_databases_that_the_reference_knows_can_be_asked_for() -> None:
    assert read_options({}, {}).database == "sqlite"
    assert read_options({}, {"COUNTERSIGN_DATABASE": "postgresql"}).database == "postgresql"
    with pytest.raises(TargetError, match="database=oracle: input should be 'sqlite' or 'postgresql'"):
        read_options({"database": "oracle"}, {})
