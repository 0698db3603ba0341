"""The same lines alone and in company: does an answer take longer when others are connected?"""

from dataclasses import dataclass

from countersign.errors import SuiteError
from countersign.evidence.operations import Operation
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.group_talk import Talk, join_all, talk_at_once
from countersign.journeys.chattrain.pilot_group import PilotGroup


@dataclass(frozen=True)
class AloneAndTogether:
    """Two talks on one system: of one person with nobody else there, and of a whole group."""

    alone: Talk
    together: Talk

    @property
    def load(self) -> str:
        """Say in a report who was on the system."""
        return f"{self.alone.load}, then {self.together.load}"

    @property
    def operations(self) -> list[Operation]:
        """The lines of both."""
        return [*self.alone.operations, *self.together.operations]

    @property
    def reply_times(self) -> list[float]:
        """Seconds from each line to the customer's reply, of both."""
        return [*self.alone.reply_times, *self.together.reply_times]

    @property
    def feedback_times(self) -> list[float]:
        """Seconds from each line to its rating, of both."""
        return [*self.alone.feedback_times, *self.together.feedback_times]


def talk_alone_then_together(group: PilotGroup, alone: int, in_company: int) -> AloneAndTogether:
    """Let one more person say lines alone and leave; then let the group say the others, shared out evenly."""
    each, rest = divmod(in_company, len(group.people))
    if rest:
        raise SuiteError(f"{in_company} lines cannot be shared out evenly to {len(group.people)} people")
    single = crowd(group.stage, len(group.people) + 1)[-1]
    first = single.joins(group.scenario, single.starts(group.scenario))
    talk = talk_at_once(group.stage, [first], alone)
    first.leave()
    return AloneAndTogether(talk, talk_at_once(group.stage, join_all(group).trainings, each))
