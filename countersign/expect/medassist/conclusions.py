"""What is concluded from the results of an A/B test, and a matcher for it (contract, section 6.8)."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.trials import Arm, Experiment

CLOSE = 0.005
"""How far a probability may be from the one that is stated with two or three digits."""


@dataclass(frozen=True)
class Wanted:
    """Results of both arms, and what must be concluded. `p_value` is None where none is stated."""

    control: Arm
    treatment: Arm
    conclusion: str
    p_value: float | None

    def __str__(self) -> str:
        return f"{_told(self.control)} against {_told(self.treatment)}"


@dataclass(frozen=True)
class Concluded:
    """How many results were accepted, and the A/B test as it was read when it was stopped."""

    accepted: int
    experiment: Experiment


def wanted_of(row: Mapping[str, str]) -> Wanted:
    """Read a row of a feature's table ("50 of 100", "none"; "treatment better"; "0.004", "-")."""
    stated = row["probability"]
    return Wanted(
        _arm(row["first version"]),
        _arm(row["second version"]),
        row["conclusion"].replace(" ", "_"),
        None if stated == "-" else float(stated),
    )


class ConcludedAsWanted(Lacking[tuple[Wanted, Concluded]]):
    """See `concluded_as_wanted`."""

    expected = "the conclusion that the figures support"

    def lack(self, item: tuple[Wanted, Concluded]) -> str:
        """Say what was concluded, from which figures."""
        wanted, concluded = item
        found = concluded.experiment
        if found.status != "stopped":
            return f"the A/B test of {wanted} is {found.status}"
        if concluded.accepted != wanted.control.n + wanted.treatment.n:
            return f"{concluded.accepted} results of {wanted} were accepted"
        if (found.control, found.treatment) != (wanted.control, wanted.treatment):
            return f"{wanted} was counted as {_told(found.control)} against {_told(found.treatment)}"
        if found.conclusion != wanted.conclusion:
            return f"{wanted} was concluded to be {found.conclusion!r}, not {wanted.conclusion!r}"
        if wanted.p_value is None:
            return ""
        if found.p_value is None or abs(found.p_value - wanted.p_value) > CLOSE:
            return f"the probability of {wanted} is told as {found.p_value}, not {wanted.p_value}"
        return ""


def concluded_as_wanted() -> ConcludedAsWanted:
    """Match a table of results and what was concluded from it."""
    return ConcludedAsWanted()


def _arm(text: str) -> Arm:
    if text == "none":
        return Arm(0, 0)
    successes, _, n = text.partition(" of ")
    return Arm(int(n), int(successes))


def _told(arm: Arm) -> str:
    return f"{arm.successes} of {arm.n}" if arm.n else "nothing"
