"""Everything done under load in a run: the operations of a run of its own, and of all load runs before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.evidence.operations import Operation
from countersign.journeys.chattrain.api_work import work_in_rounds
from countersign.journeys.chattrain.group_talk import Chats, talk_at_once


@dataclass(frozen=True)
class LoadRuns:
    """All operations under load so far, of which `own` were done by the scenario that judges them."""

    operations: Sequence[Operation]
    own: int

    @property
    def load(self) -> str:
        """Say in a report what they rest on."""
        return f"{self.own} of this scenario, {len(self.operations) - self.own} of the load runs before it"


def work_and_talk(chats: Chats, kinds: Sequence[str], rounds: int, lines: int) -> LoadRuns:
    """Let everybody ask the API in rounds and then say lines; give these operations with all counted before them."""
    stage = chats.group.stage
    before = len(stage.run.operations.all())
    work_in_rounds(chats.group, kinds, rounds)
    talk_at_once(stage, chats.trainings, lines)
    everything: Sequence[Operation] = stage.run.operations.all()
    return LoadRuns(everything, len(everything) - before)
