"""Matchers for a hub that is cut off from the source of its models: what is installed goes on, and it says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.guidance import lacks_advice
from countersign.systems.modelhub.model import Progress, Status
from countersign.transport.answer import Answer

SERVER_ERRORS = 500
FITTING = ("network", "connection", "again", "source")


@dataclass(frozen=True)
class LookOffline:
    """One look, so many seconds after the cut: the statuses of the models, and which ones were suggested."""

    after: float
    statuses: Mapping[str, Status]
    suggested: Sequence[str]

    @property
    def says_offline(self) -> bool:
        """Whether it is said of every model that its source cannot be reached."""
        return not any(status.source_reachable for status in self.statuses.values())


@dataclass(frozen=True)
class AskedOffline:
    """Something that was asked for, so many seconds after the cut, and the answer."""

    what: str
    after: float
    answer: Answer


class SaysOfflineWithin(Lacking[Sequence[LookOffline]]):
    """See `says_offline_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the hub to say within {limit:g} s that it is offline, and all the time from then on"

    def lack(self, item: Any) -> str:
        """Say when it did not."""
        late = [look.after for look in item if look.after >= self.limit and not look.says_offline]
        if not item or item[-1].after < self.limit:
            return "there were no looks after that time"
        return f"{late[0]:.1f} s after the cut it said that the source can be reached" if late else ""


def says_offline_within(limit: float) -> SaysOfflineWithin:
    """Match looks that all tell, from `limit` seconds after the cut on, that the source cannot be reached."""
    return SaysOfflineWithin(limit)


class KeepsInstalled(Lacking[LookOffline]):
    """See `keeps_installed`."""

    def __init__(self, installed: Sequence[str]) -> None:
        self.installed = sorted(installed)
        self.expected = f"{' and '.join(self.installed)} available while the hub is cut off, and nothing else suggested"

    def lack(self, item: Any) -> str:
        """Name the model that is not available any more, or what was suggested instead."""
        when = f"{item.after:.1f} s after the cut"
        for name in self.installed:
            status = item.statuses.get(name)
            told = "in no list" if status is None else status.availability
            if status is None or told != "available" or not status.is_available or "generate" not in status.actions:
                return f"{when} the installed {name} was told as {told}"
        wrong = sorted(set(item.suggested) ^ set(self.installed))
        return f"{when} suggested were {', '.join(item.suggested) or 'none'}" if wrong else ""


def keeps_installed(installed: Sequence[str]) -> KeepsInstalled:
    """Match a look at which these models are available, may be generated with, and are exactly what is suggested."""
    return KeepsInstalled(installed)


class NoServerError(Lacking[AskedOffline]):
    """Match an answer that is no error of the hub's own."""

    expected = "an answer that is no error of the hub"

    def lack(self, item: Any) -> str:
        """Say what was asked for in vain."""
        met = item.answer.status
        return f"{item.what}, {item.after:.1f} s after the cut, met {met}" if met >= SERVER_ERRORS else ""


def no_server_error() -> NoServerError:
    """Match something that was asked for and did not meet an error of the hub."""
    return NoServerError()


class GivenUpOffline(Lacking[Progress]):
    """Match a download that failed because the source is away, and says so with things to do."""

    expected = "a download given up because the source cannot be reached, with at least 2 fitting things to do"

    def lack(self, item: Any) -> str:
        """Say what was told instead."""
        if (item.status, item.failure_reason) != ("failed", "source_unreachable"):
            return f"it is {item.status} because of {item.failure_reason}"
        trouble = lacks_advice(item.error or "", item.guidance, FITTING)
        return f"it {trouble}" if trouble else ""


def given_up_offline() -> GivenUpOffline:
    """Match a download that was given up in a way the user can act on."""
    return GivenUpOffline()
