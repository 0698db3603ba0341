"""Matchers for the first view of the pilot page: the trainings it offers, and a browser that reports no error."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Scenario
from countersign.systems.chattrain.page_model import ScenarioCard


@dataclass(frozen=True)
class FirstView:
    """The list of trainings on the page and the one the system gives. `seconds` is how long the first view took."""

    seconds: float
    cards: tuple[ScenarioCard, ...]
    offered: tuple[Scenario, ...]


class OfferingTheRealTrainings(Lacking[FirstView]):
    """See `offering_the_real_trainings`."""

    expected = "a page that offers the trainings of the system, with title, description and duration"

    def lack(self, item: FirstView) -> str:
        """Name the training that is missing, made up or told wrongly."""
        shown, real = sorted(card.title for card in item.cards), sorted(each.title for each in item.offered)
        if shown != real:
            missing, made_up = (
                [each for each in real if each not in shown],
                [each for each in shown if each not in real],
            )
            lists = f"{len(shown)} are on the page, the system offers {len(real)}"
            return f"{lists}; missing: {_listed(missing)}; not the system's: {_listed(made_up)}"
        cards = {card.title: card for card in item.cards}
        return next((wrong for each in item.offered if (wrong := _wrong(cards[each.title], each))), "")


def _wrong(card: ScenarioCard, real: Scenario) -> str:
    if _folded(real.description) not in _folded(card.text):
        return f"{real.title!r} stands there without its description {real.description[:60]!r}"
    if card.duration_minutes != real.duration_minutes:
        return (
            f"{real.title!r} is said to take {card.duration_minutes} minutes, the system says {real.duration_minutes}"
        )
    return ""


def offering_the_real_trainings() -> OfferingTheRealTrainings:
    """Match a first view that lists every training of the system and no other."""
    return OfferingTheRealTrainings()


class WithoutErrors(Lacking[Sequence[str]]):
    """See `without_errors`."""

    expected = "a page without an error in the browser"

    def lack(self, item: Sequence[str]) -> str:
        """Count the errors and tell the first one."""
        return f"the browser reports {len(item)}, the first: {item[0][:200]}" if item else ""


def without_errors() -> WithoutErrors:
    """Match the errors a browser reported, if there are none."""
    return WithoutErrors()


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(repr(title) for title in titles) or "nothing"
