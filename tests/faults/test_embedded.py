"""Control of the embedded stack, on a real one."""

# ruff: noqa: SIM117 - the innermost "with" is the sentence that has to fail, kept apart from the stage it fails on

import sqlite3
from collections.abc import Iterator

import pytest
from hostile import answering, closed_port, hostile, http

from countersign.errors import CapabilityMissing, DeadlineExceeded, LineClosed, SuiteError, SystemUnreachable
from countersign.evidence import Recorder, Redactor
from countersign.faults import EmbeddedControl, rolled_back
from countersign.target.embedded import EmbeddedStack
from countersign.transport import HttpClient


class Stack:
    """A running stack with ChatTrain in it."""

    def __init__(self) -> None:
        self.stack = EmbeddedStack(["chattrain"])
        facts = self.stack.wait_ready()
        self.control_url, self.token = facts["control"]["url"], facts["control"]["token"]
        self.own = facts["systems"]["chattrain"]
        self.url = self.own["url"]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    running = Stack()
    yield running
    assert running.stack.stop() == []


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Redactor())


@pytest.fixture
def control(stack: Stack, recorder: Recorder) -> Iterator[EmbeddedControl]:
    run_recorder = Recorder(Redactor())
    made = EmbeddedControl(
        stack.control_url, stack.token, system="chattrain", recorder=run_recorder, work=stack.own["work"]
    )
    yield made.noting(recorder)
    made.mend()
    assert made.state().sound


def healthy(stack: Stack) -> None:
    unread = Recorder(Redactor(), limit=0)
    with HttpClient(stack.url, system="chattrain", actor="suite", recorder=unread, within=2) as client:
        client.request("GET", "/api/health").must_be(200)


def test_a_killed_system_is_gone_and_comes_back_at_the_same_address(
    control: EmbeddedControl, stack: Stack, recorder: Recorder
) -> None:
    with rolled_back(control, lambda: healthy(stack)):
        control.kill()
        assert control.state().process == "stopped"
        with pytest.raises(SystemUnreachable):
            healthy(stack)
    healthy(stack)
    killed, started = recorder.entries()
    assert (killed.channel, killed.summary) == ("fault", "chattrain was killed (SIGKILL)")
    assert started.summary == "chattrain was started and is ready"
    assert started.seconds is not None


def test_a_frozen_system_answers_nothing_until_it_goes_on(control: EmbeddedControl, stack: Stack) -> None:
    with rolled_back(control, lambda: healthy(stack)):
        control.pause()
        with pytest.raises(DeadlineExceeded):
            healthy(stack)
    healthy(stack)


def test_a_dependency_is_taken_away_and_given_back(control: EmbeddedControl, stack: Stack, recorder: Recorder) -> None:
    with rolled_back(control, lambda: healthy(stack)):
        control.dependency("database").stop()
        assert control.state().dependencies["database"] == "stopped"
    assert control.state().sound
    assert [entry.summary for entry in recorder.entries()] == [
        "the database of chattrain was stopped",
        "the database of chattrain is back",
    ]


def test_other_settings_are_taken_back(control: EmbeddedControl, stack: Stack) -> None:
    control.restart({"AI_TIMEOUT_SECONDS": 2})
    assert control.state().settings["AI_TIMEOUT_SECONDS"] == "2"
    assert control.state().changed
    control.kill()
    control.mend()
    assert control.state().sound
    assert "AI_TIMEOUT_SECONDS" not in control.state().settings


def test_the_files_and_logs_of_the_system_can_be_read(control: EmbeddedControl) -> None:
    with sqlite3.connect(f"file:{control.work.database}?mode=ro", uri=True) as database:
        assert database.execute("select count(*) from sessions").fetchone()[0] >= 0
    assert control.work.log.exists()
    assert control.logs(tail=5).log


def test_what_the_stack_refuses_is_the_suites_trouble_and_noted(control: EmbeddedControl, recorder: Recorder) -> None:
    with pytest.raises(SuiteError, match="has no dependency 'queue'"):
        control.dependency("queue").stop()
    assert recorder.entries()[-1].summary.startswith("could not stop the queue: the stack refused")
    with pytest.raises(SuiteError, match=r"\(422\)"):
        control.seed_faults(["no-such-fault"])


def test_a_stack_that_is_gone_is_the_suites_trouble(recorder: Recorder) -> None:
    control = EmbeddedControl(f"http://127.0.0.1:{closed_port()}", "token", system="chattrain", recorder=recorder)
    with pytest.raises(SuiteError, match=r"control API of the embedded stack failed: .*nobody answers"):
        control.kill()
    with pytest.raises(SuiteError, match="names no path of its database"):
        _ = control.work


@pytest.mark.parametrize(("status", "error"), [("502 Bad", SystemUnreachable), ("504 Late", DeadlineExceeded)])
def test_a_system_that_does_not_come_up_is_the_systems_trouble(
    status: str, error: type[Exception], recorder: Recorder
) -> None:
    with hostile(answering(http(status, b'{"detail": "it ended with code 3"}'))) as server:
        control = EmbeddedControl(server.url, "token", system="chattrain", recorder=recorder)
        with pytest.raises(error, match=r"chattrain did not .*: it ended with code 3"):
            control.start()


def test_what_is_not_in_the_hands_of_the_stack_is_a_missing_capability(recorder: Recorder) -> None:
    with hostile(answering(http("501 Beyond", b'{"detail": "the database was given by its URL"}'))) as server:
        control = EmbeddedControl(server.url, "token", system="chattrain", recorder=recorder)
        with pytest.raises(CapabilityMissing, match="chattrain: the database was given by its URL"):
            control.dependency("database").stop()


def test_the_failure_inside_stays_the_failure_and_the_rest_is_a_note(recorder: Recorder) -> None:
    control = EmbeddedControl(f"http://127.0.0.1:{closed_port()}", "token", system="chattrain", recorder=recorder)
    with pytest.raises(LineClosed, match="what was found") as raised:
        with rolled_back(control, lambda: None, within=0.1):
            raise LineClosed("what was found")
    assert any("was not well again" in note for note in raised.value.__notes__)


def test_a_system_that_does_not_recover_is_named(control: EmbeddedControl) -> None:
    def never() -> None:
        raise AssertionError("health says unhealthy")

    with pytest.raises(DeadlineExceeded, match=r"the system to be well again: .*last seen: health says unhealthy"):
        with rolled_back(control, never, within=0.3):
            assert control.state().sound
