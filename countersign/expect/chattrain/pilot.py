"""Matchers for the pilot as a whole: how many trainings were completed, and that none changed another."""

from dataclasses import dataclass

from countersign.expect.stated import Stated, stated


@dataclass(frozen=True)
class Trained:
    """One training of one pilot user. `trouble` says why it was not completed, or is empty."""

    who: str
    training: str
    scores: tuple[int, ...]
    trouble: str


@dataclass(frozen=True)
class PilotRound:
    """What became of the trainings of all pilot users, two each.

    `changed` names first trainings that read differently after the second one, `read_again` counts those looked at.
    """

    trainings: tuple[Trained, ...]
    changed: tuple[str, ...]
    read_again: int

    @property
    def completed(self) -> list[Trained]:
        """The trainings that were completed."""
        return [each for each in self.trainings if not each.trouble]

    @property
    def scored(self) -> list[tuple[int, ...]]:
        """The scores of each training that brought any."""
        return [each.scores for each in self.trainings if each.scores]

    @property
    def averages(self) -> list[float]:
        """The average score of each training."""
        return [sum(scores) / len(scores) for scores in self.scored]

    @property
    def lowest(self) -> tuple[int, ...]:
        """The scores of the training with the lowest average; empty if there is none."""
        return min(self.scored, key=lambda scores: sum(scores) / len(scores), default=())


def completed_at_least(least: int, count: int) -> Stated[PilotRound]:
    """Match a round of `count` trainings of which at least `least` were completed."""

    def lack(item: PilotRound) -> str:
        done = len(item.completed)
        if len(item.trainings) != count:
            return f"{len(item.trainings)} trainings were begun"
        if done >= least:
            return ""
        first = next(each for each in item.trainings if each.trouble)
        return f"{done} were; {first.training} of {first.who}: {first.trouble}"

    return stated(f"at least {least} of {count} trainings to be completed", lack)


def unchanged() -> Stated[PilotRound]:
    """Match a round in which no second training changed the first one of its user."""

    def lack(item: PilotRound) -> str:
        if not item.read_again:
            return "no pilot user came so far as to read the first training again"
        return "; ".join(item.changed)

    return stated("the first training of each pilot user to stay as it was", lack)
