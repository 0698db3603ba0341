"""Matchers for the list of trainings and for sessions that were just started."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Scenario, Session, moment


class Offers(Lacking[Sequence[Scenario]]):
    """See `offers` and `lasting`."""

    def __init__(self, wanted: Sequence[str], at_least: int, minutes: int | None) -> None:
        self.wanted, self.at_least, self.minutes = wanted, at_least, minutes
        lasting = f", of {minutes} minutes each" if minutes else ""
        self.expected = f"a list of at least {at_least} trainings, among them {' and '.join(wanted)}{lasting}"

    def lack(self, item: Sequence[Scenario]) -> str:
        """Say which training is missing, doubled or poorly described."""
        ids = [scenario.text_id for scenario in item]
        for text_id in self.wanted:
            if ids.count(text_id) != 1:
                return f"{text_id} stood there {ids.count(text_id)} times; the list was {', '.join(ids) or 'empty'}"
        if len(set(ids)) < max(self.at_least, len(ids)):
            return f"the list was {', '.join(ids)}"
        for scenario in item:
            if not scenario.title.strip() or not scenario.description.strip():
                return f"{scenario.text_id} has the title {scenario.title!r} and description {scenario.description!r}"
            if scenario.text_id in self.wanted and self.minutes not in (None, scenario.duration_minutes):
                return f"{scenario.text_id} lasts {scenario.duration_minutes} minutes"
        return ""


def offers(wanted: Sequence[str], *, at_least: int = 1, minutes: int | None = None) -> Offers:
    """Match a list of at least so many trainings, all with title and description, the wanted text ids once each.

    `minutes` is how long each wanted one lasts.
    """
    return Offers(wanted, at_least, minutes)


@dataclass(frozen=True)
class Start:
    """A session that somebody started: under which name, of which training, and what came back."""

    user_name: str
    scenario_id: int
    session: Session


class FreshSession(Lacking[Start]):
    """See `a_fresh_session`."""

    expected = "an active session of this user and this training, with its beginning and without an end"

    def lack(self, item: Start) -> str:
        """Say what is wrong with the session."""
        session = item.session
        if session.user_id != item.user_name:
            return f"session {session.id} of {item.user_name} belongs to {session.user_id}"
        if session.scenario_id != item.scenario_id:
            return f"session {session.id} is of training {session.scenario_id}, asked was {item.scenario_id}"
        if session.status != "active" or session.completed_at is not None:
            return f"session {session.id} is {session.status}, completed at {session.completed_at}"
        try:
            moment(session.created_at, f"created_at of session {session.id}")
        except ContractBroken as fault:
            return str(fault).removeprefix("chattrain: ")
        return ""


def a_fresh_session() -> FreshSession:
    """Match a session as it must be right after its start."""
    return FreshSession()


class OwnNumbers(Lacking[Sequence[int]]):
    """See `numbers_of_their_own`."""

    expected = "a number of its own for every session"

    def lack(self, item: Sequence[int]) -> str:
        """Name the numbers that were given twice."""
        twins = sorted({number for number in item if item.count(number) > 1})
        different = len(set(item))
        return (
            f"{len(item)} sessions bear {different} different number(s); given more than once: {twins}" if twins else ""
        )


def numbers_of_their_own() -> OwnNumbers:
    """Match numbers of which none was given twice."""
    return OwnNumbers()


class Rising(Lacking[Sequence[int]]):
    """See `rising`."""

    expected = "numbers that rise with every start"

    def lack(self, item: Sequence[int]) -> str:
        """Show the numbers."""
        in_order = all(before < after for before, after in pairwise(item))
        return "" if in_order and item else f"they were {list(item)}"


def rising() -> Rising:
    """Match numbers of which each is larger than the one before."""
    return Rising()
