"""Matchers for the customer: opens with a problem of their own, stays with it, and has more than one thing to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.chattrain.exchange import what_lacks
from countersign.expect.stated import Stated, stated
from countersign.expect.words import said
from countersign.systems.chattrain.model import Exchange


@dataclass(frozen=True)
class Customer:
    """What the customer of a training said: the opening and the replies (stand-in notices of a failed AI apart)."""

    training: str
    opening: str
    replies: tuple[str, ...]
    notices: int
    own_problem: tuple[str, ...]
    of_the_other: tuple[str, ...]


@dataclass(frozen=True)
class TriedTraining:
    """A training of the list and what a line said in it brought."""

    title: str
    exchange: Exchange


def opening_with_own_problem() -> Stated[Customer]:
    """Match a customer whose opening speaks of the problem of this training."""

    def lack(item: Customer) -> str:
        if not item.opening.strip():
            return f"the customer of {item.training} opens with nothing"
        if said(item.opening, item.own_problem):
            return ""
        return f"the customer of {item.training} opens with {item.opening[:120]!r}"

    return stated("a customer who opens with the problem of the training", lack)


def opening_differently() -> Stated[Sequence[Customer]]:
    """Match customers of whom no two open with the same words."""

    def lack(items: Sequence[Customer]) -> str:
        openings = {item.opening.strip() for item in items}
        return "" if len(openings) == len(items) > 1 else f"{len(items)} trainings have {len(openings)} openings"

    return stated("customers who open differently", lack)


def replying_differently(least: int) -> Stated[Customer]:
    """Match a customer who gave at least so many different replies, none of them a stand-in notice."""

    def lack(item: Customer) -> str:
        different = {reply.strip() for reply in item.replies}
        if item.notices:
            return f"{item.notices} replies of the customer of {item.training} were notices of a failed AI"
        if len(different) >= least:
            return ""
        first = item.replies[0][:80] if item.replies else ""
        return f"{len(item.replies)} replies in {item.training} were {len(different)} different ones, first {first!r}"

    return stated(f"a customer with at least {least} different replies", lack)


def staying_in_the_training() -> Stated[Customer]:
    """Match a customer who never speaks of the other training's problem."""

    def lack(item: Customer) -> str:
        strayed = next((line for line in (item.opening, *item.replies) if said(line, item.of_the_other)), "")
        return f"the customer of {item.training} says {strayed[:120]!r}" if strayed else ""

    return stated("a customer who stays in the training", lack)


def replying_and_rating() -> Stated[TriedTraining]:
    """Match a training whose customer replies to the line and that rates it and comments on it."""

    def lack(item: TriedTraining) -> str:
        lacking = what_lacks(item.exchange)
        return f"in {item.title!r} {lacking}" if lacking else ""

    return stated("a training that replies to a line, rates it and comments on it", lack)


def rewarding() -> Stated[TriedTraining]:
    """Match a training in which the line earned more than 0 points."""

    def lack(item: TriedTraining) -> str:
        score = item.exchange.feedback.score
        return "" if score > 0 else f"in {item.title!r} it earned {score}"

    return stated("a polite line to be worth more than nothing", lack)
