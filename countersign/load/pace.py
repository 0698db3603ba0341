"""A steady pace: calls begin at the moments that were planned, however long single ones take."""

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
