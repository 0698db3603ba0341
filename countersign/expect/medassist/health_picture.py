"""Matchers for what MedAssist tells of its own health."""

from collections.abc import Callable

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.health import Picture


class Telling(Lacking[Picture]):
    """See the functions below."""

    def __init__(self, fits: Callable[[Picture], bool], expected: str) -> None:
        self.fits, self.expected = fits, expected

    def lack(self, item: Picture) -> str:
        """Say what it told instead."""
        return "" if self.fits(item) else f"it said {item}"


def all_well() -> Telling:
    """Match a look that tells that everything is healthy and ready."""
    return Telling(Picture.says_healthy, "a system that is healthy in all parts and ready")


def degraded_but_ready() -> Telling:
    """Match a look that tells that the AI is not well and the system serves all the same."""
    return Telling(Picture.says_degraded, "a system that is degraded for its AI and ready all the same")


def unusable() -> Telling:
    """Match a look that tells that nothing can be served for want of the database."""
    return Telling(Picture.says_unusable, "a system that is unhealthy for its database and not ready")


def alive() -> Telling:
    """Match a look that tells that the process is there."""
    return Telling(lambda seen: seen.live_code == 200, "a system that says that it is alive")
