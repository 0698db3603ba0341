"""Make the run of this behave process and hang it into behave and Allure, while `environment.py` is being loaded."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from countersign.reporting import allure
from countersign.suite import repairs
from countersign.suite.facts import facts_for
from countersign.suite.plan import describe, key_of
from countersign.suite.run import Run

ALLURE_RESULTS = "allure-results"


class Bridge:
    """What Allure is told about the scenarios of a run: the journal's word, not behave's."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @property
    def results_dir(self) -> Path:
        """The folder of the run's Allure results."""
        return self._run.folder / ALLURE_RESULTS

    def redact(self, text: str) -> str:
        """Take secrets and personal data out of a text."""
        return self._run.redactor.text(text)

    def facts_of(self, scenario: Any) -> allure.ScenarioFacts | None:
        """Give what the journal says of a scenario; None for one that was not selected."""
        planned = describe(scenario)
        if planned.key not in self._run.selected:
            return None
        return facts_for(planned, self._run.ended.get(planned.key))

    def attachments_of(self, scenario: Any) -> Sequence[tuple[str, bytes, str]]:
        """Give the transcript of a scenario and what its steps attached."""
        stage = self._run.stages.get(key_of(scenario))
        if stage is None:
            return ()
        ended = self._run.ended.get(stage.planned.key)
        page = self._run.folder / ended.evidence if ended and ended.evidence else None
        transcript = [("Transcript", page.read_bytes(), "text/html")] if page and page.is_file() else []
        return [*transcript, *stage.attachments]

    def verdict_of_run(self) -> bool | None:
        """Say whether the run may be signed; None for a lane, whose coordinator judges."""
        return None if self._run.exit_code is None else self._run.exit_code == 0


def install() -> Run:
    """Give the run of this process, with behave repaired and Allure listening."""
    run = Run()
    repairs.install(run)
    allure.install(Bridge(run))  # outermost: it reports what the journal has said by then
    return run
