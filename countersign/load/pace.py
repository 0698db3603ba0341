"""The pace of those who act: steadily, at the moments that were planned, or with time to think after each answer."""

import random
import time


class Pace:
    """Let somebody act every so many seconds (an open model: a slow answer shifts no later moment).

    Examples::

        pace = Pace(every=0.05)
        while running:
            intended = pace.wait()
            call()
    """

    def __init__(self, every: float) -> None:
        self._every = every
        self._next = time.monotonic()

    def wait(self) -> float:
        """Wait for the next planned moment and give it (monotonic); one that has passed already is given at once."""
        intended = self._next
        self._next += self._every
        time.sleep(max(0.0, intended - time.monotonic()))
        return intended


class Thinking:
    """The time somebody thinks between an answer and the next action, drawn anew each time (a closed model).

    A slow answer shifts what this person does next, as it does with people who look at an answer first.
    """

    def __init__(self, least: float, most: float, dice: random.Random) -> None:
        self._least, self._most, self._dice = least, most, dice

    def wait(self) -> None:
        """Think."""
        time.sleep(self._dice.uniform(self._least, self._most))
