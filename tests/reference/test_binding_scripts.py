"""Journeys bind scripts to the running scripted AI, and what they bound is gone afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from programs import AiProcess

from countersign.evidence import Recorder, Redactor
from countersign.journeys.scripts import bind, bound, by_default, scripted_ai
from countersign.target.live import LiveSystem, ScriptedAi


@dataclass
class Stage:
    """As much of a scenario's stage as binding scripts needs."""

    live: LiveSystem
    recorder: Recorder = field(default_factory=lambda: Recorder(Redactor()))
    undo: list[Callable[[], object]] = field(default_factory=list)
    kept: dict[type[Any], Any] = field(default_factory=dict)

    def system(self) -> LiveSystem:
        return self.live

    def need(self, *capabilities: str) -> None:
        assert set(capabilities) == {"scripted-ai"}

    def shared(self, kind: type[Any], make: Callable[[], Any]) -> Any:
        if kind not in self.kept:
            self.kept[kind] = make()
        return self.kept[kind]

    def at_end(self, undo: Callable[[], object], what: str) -> None:
        self.undo.append(undo)

    def close(self) -> None:
        while self.undo:
            self.undo.pop()()


@pytest.fixture
def stage(ai: AiProcess) -> Iterator[Stage]:
    made = Stage(LiveSystem("chattrain", "http://127.0.0.1:1", scripted_ai=ScriptedAi(ai.url, ai.TOKEN)))
    yield made
    made.close()


def said(ai: AiProcess, text: str, model: str = "one:1.0.0") -> Any:
    body = {"model": model, "messages": [{"role": "user", "content": text}]}
    answer = httpx.post(f"{ai.url}/v1/chat/completions", json=body)
    return answer.json()["choices"][0]["message"]["content"] if answer.status_code == 200 else answer.status_code


def test_a_script_is_bound_to_a_model_and_gone_after_the_block(ai: AiProcess, stage: Stage) -> None:
    others = bind(stage, "say", contains="of others", text="theirs")
    with bound(stage, "status", model="one:1.1.0", code=500):
        assert said(ai, "hello", "one:1.1.0") == 500
        assert said(ai, "hello", "one:1.0.0") != 500
    assert said(ai, "hello", "one:1.1.0") != 500
    assert said(ai, "of others") == "theirs"
    others.undo()
    assert said(ai, "of others") != "theirs"


def test_what_a_scenario_leaves_bound_is_removed_at_its_end(ai: AiProcess, stage: Stage) -> None:
    bind(stage, "say", contains="left", text="still here", calls=9)
    assert [script["calls"] for script in scripted_ai(stage).bound() if script.get("contains") == "left"] == [9]
    stage.close()
    assert said(ai, "left") != "still here"


def test_the_former_default_comes_back(ai: AiProcess, stage: Stage) -> None:
    with by_default(stage, "say", text="for everybody") as scripted:
        assert said(ai, "hello") == "for everybody"
    assert scripted.default() == {"do": "customer"}
    assert said(ai, "hello") != "for everybody"
