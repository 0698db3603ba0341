"""Everything done under load in a run: the operations of a run of its own, and of all load runs before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.evidence.operations import Operation, OperationTally
from countersign.journeys.chattrain.load.api_work import work_in_rounds
from countersign.journeys.chattrain.load.many_sessions import start_at_once, talk_in_all
from countersign.journeys.chattrain.pilot_group import PilotGroup


@dataclass(frozen=True)
class LoadRuns:
    """All operations under load so far, of which `own` were done by the scenario that judges them."""

    operations: Sequence[Operation]
    own: int

    @property
    def load(self) -> str:
        """Say in a report what they rest on."""
        return f"{self.own} of this scenario, {len(self.operations) - self.own} of the load runs before it"


def work_and_talk(group: PilotGroup, kinds: Sequence[str], rounds: int, lines: int) -> LoadRuns:
    """Let everybody ask the API in rounds, start a session and say lines in it; give all counted by then."""
    tally: OperationTally = group.stage.run.operations
    before = len(tally.all())
    work_in_rounds(group, kinds, rounds)
    talk_in_all(start_at_once(group, 1), lines)
    everything = tally.all()
    return LoadRuns(everything, len(everything) - before)
