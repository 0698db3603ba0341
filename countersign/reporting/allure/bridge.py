"""What the Allure bridge asks the suite; it decides nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from countersign.verdict.records import Outcome


@dataclass(frozen=True)
class ScenarioFacts:
    """What the suite knows about one scenario when it is over.

    `outcome` and `reason` are those of the journal (None: it has none, then behave's own result counts). `key` is the
    journal's key; without it the place in the feature file is used. `criteria` are `(id, title, must)`. Empty `epic`,
    `feature` and `story` fall back to the system, the feature's name and the rule's name.
    """

    outcome: Outcome | None = None
    reason: str = ""
    system: str = ""
    criteria: Sequence[tuple[str, str, bool]] = ()
    epic: str = ""
    feature: str = ""
    story: str = ""
    key: str = ""


class AllureBridge(Protocol):
    """The suite, as the Allure bridge sees it. Scenarios are behave's own model objects."""

    @property
    def results_dir(self) -> Path:
        """The folder of the results; read when the first result is written, and made then."""

    def redact(self, text: str) -> str:
        """Take secrets and personal data out of a text; applied to everything that is written."""

    def facts_of(self, scenario: Any) -> ScenarioFacts | None:
        """Give what is known about a scenario; None if it is no part of this run and shall not be reported."""

    def attachments_of(self, scenario: Any) -> Sequence[tuple[str, bytes, str]]:
        """Give the evidence of a scenario as `(name, content, media type)`; asked once, after its end."""

    def verdict_of_run(self) -> bool | None:
        """Say whether the run is acceptable; None if there is no verdict. Asked once, after `after_all`."""
