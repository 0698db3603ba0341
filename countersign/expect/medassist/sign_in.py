"""Matchers for the front door: weak passwords, addresses that must not be guessed, tries that are too many."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.expect.refusals import told_to_wait
from countersign.expect.traces import Trace
from countersign.transport.answer import Answer

TAKEN, UNAUTHORIZED, INVALID = 400, 401, 422
LONGEST_WAIT = 60
"""Seconds after which whoever mistyped too often may try again (contract, section 2)."""


@dataclass(frozen=True)
class Choice:
    """A password somebody wanted to have: what is weak about it, the answer, and whether it opens an account now."""

    weakness: str
    password: str
    answer: Answer
    opens: bool


class RefusedSilently(Lacking[Choice]):
    """See `refused_silently`."""

    expected = "a weak password that is refused without being repeated"

    def lack(self, item: Choice) -> str:
        """Say what became of it; the password itself is never named."""
        if item.answer.status != INVALID:
            return f"a password of {item.weakness} met {item.answer.status} instead of {INVALID}"
        if Trace.of("it", item.password).pattern.search(item.answer.body.decode("utf-8", "replace")):
            return f"the refusal of a password of {item.weakness} repeats the password"
        return f"a password of {item.weakness} was refused, and opens an account all the same" if item.opens else ""


def refused_silently() -> RefusedSilently:
    """Match a choice of a password that was answered with 422, without the password in the answer."""
    return RefusedSilently()


class SayTheSame(Lacking[Sequence[Answer]]):
    """See `say_the_same`."""

    expected = "the same refusal to a wrong address and to a wrong password"

    def lack(self, item: Sequence[Answer]) -> str:
        """Say how many different refusals there were."""
        if not item:
            return "nothing was tried"
        wrong = next((answer for answer in item if answer.status != UNAUTHORIZED), None)
        if wrong is not None:
            return f"a try met {wrong.status} instead of {UNAUTHORIZED}"
        bodies = list(dict.fromkeys(answer.body for answer in item))
        told = " / ".join(repr(body.decode("utf-8", "replace")[:100]) for body in bodies[:2])
        return f"there were {len(bodies)} different refusals: {told}" if len(bodies) > 1 else ""


def say_the_same() -> SayTheSame:
    """Match answers of 401 that are the same to the letter."""
    return SayTheSame()


class HeldUpAfter(Lacking[Sequence[Answer]]):
    """See `held_up_after`."""

    def __init__(self, tries: int) -> None:
        self.tries = tries
        self.expected = f"{tries} wrong passwords to be refused, and every further one to be told to wait"

    def lack(self, item: Sequence[Answer]) -> str:
        """Say which try was taken otherwise."""
        if len(item) <= self.tries:
            return f"only {len(item)} passwords were tried"
        for number, answer in enumerate(item, 1):
            if number <= self.tries and answer.status != UNAUTHORIZED:
                return f"wrong password number {number} met {answer.status} instead of {UNAUTHORIZED}"
            if number > self.tries:
                lack = _lack_of_wait(answer)
                if lack:
                    return f"wrong password number {number} was not held up: {lack}"
        return ""


def held_up_after(tries: int) -> HeldUpAfter:
    """Match the answers to wrong passwords, of which those after so many are told to wait, at most a minute."""
    return HeldUpAfter(tries)


class ToldToWaitAMinute(Lacking[Answer]):
    """See `told_to_wait_a_minute_at_most`."""

    expected = "to be told to wait, a minute at most"

    def lack(self, item: Answer) -> str:
        """Say what was told instead."""
        return _lack_of_wait(item)


def told_to_wait_a_minute_at_most() -> ToldToWaitAMinute:
    """Match an answer of 429 that names at most 60 seconds to wait."""
    return ToldToWaitAMinute()


def _lack_of_wait(answer: Answer) -> str:
    if not told_to_wait().matches(answer):
        return f"it met {answer.status}, Retry-After {answer.headers.get('retry-after', '')!r}"
    wait = answer.headers["retry-after"]
    return f"it was told to wait {wait} s" if wait.isdigit() and int(wait) > LONGEST_WAIT else ""


class TakenAlready(Lacking[Answer]):
    """See `taken_already`."""

    expected = "an address refused as registered already"

    def lack(self, item: Answer) -> str:
        """Say what came instead."""
        return "" if item.status == TAKEN else f"registering it again met {item.status} instead of {TAKEN}"


def taken_already() -> TakenAlready:
    """Match the answer to registering an address that somebody has (400)."""
    return TakenAlready()
