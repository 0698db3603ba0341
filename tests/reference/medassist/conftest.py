"""A MedAssist process that the live tests of a module share, and one for a single test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from medassist_live import MedAssistProcess
from programs import AiProcess


@pytest.fixture(scope="module")
def medassist(ai: AiProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MedAssistProcess]:
    """Give a running MedAssist that the tests of a module share."""
    settings = {"CHAT_BURST_PER_10S": "1000", "RATE_LIMIT_BURST": "2000"}
    with MedAssistProcess(tmp_path_factory.mktemp("medassist"), ai, **settings) as process:
        yield process


@pytest.fixture
def another_medassist(ai: AiProcess, tmp_path: Path) -> Iterator[Callable[..., MedAssistProcess]]:
    """Give a function that starts a MedAssist of this test alone, with settings of its own."""
    started: list[MedAssistProcess] = []

    def start(**settings: str) -> MedAssistProcess:
        started.append(MedAssistProcess(tmp_path / f"medassist{len(started)}", ai, **settings))
        started[-1].start()
        return started[-1]

    yield start
    for process in started:
        process.__exit__(None, None, None)


@pytest.fixture
def scripts(ai: AiProcess) -> Iterator[Callable[..., None]]:
    """Give a function that binds scripts of the AI for this test."""

    def bind(*bound: dict[str, object]) -> None:
        answer = ai.control("PUT", "scripts", {"scripts": list(bound)})
        assert answer.status_code == 200, answer.text

    yield bind
    ai.control("DELETE", "scripts")
