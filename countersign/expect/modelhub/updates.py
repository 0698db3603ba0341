"""Matchers for updates: what is offered, how a new version takes over, and what is left when it cannot."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Status, Task

NEVER = "not offered"


@dataclass(frozen=True)
class Offered:
    """A model for which something was published: the kind of update that is due, or `NEVER`, and what was told."""

    published: str
    due: str
    notice: Mapping[str, Any] | None
    told_after: float | None
    listed: Mapping[str, Any]
    status: Status
    version_before: str

    @property
    def what(self) -> str:
        """What was published, in words."""
        return f"after {self.version_before} came {self.published}"


class OfferedAsDue(Lacking[Offered]):
    """See `offered_as_due`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = (
            f"newer versions to be offered within {seconds:g} s and no others, with nothing installed unasked"
        )

    def lack(self, item: Any) -> str:
        """Say what was offered, told or installed wrongly."""
        if item.status.current_version != item.version_before or item.listed.get("current_version") != (
            item.version_before
        ):
            return f"{item.what}: version {item.status.current_version} is installed without approval"
        wrong = self._not_offered(item) if item.due != NEVER else self._offered_anyway(item)
        return f"{item.what}: {wrong}" if wrong else ""

    def _not_offered(self, item: Offered) -> str:
        if item.notice is None or item.told_after is None or item.told_after > self.seconds:
            late = "" if item.told_after is None else f" but after {item.told_after:.1f} s"
            return f"the users were not told of it{late}"
        for where, told in (("the notice", item.notice), ("the list of updates", item.listed)):
            if told.get("update_type") != item.due:
                return f"{where} calls it {told.get('update_type')} instead of {item.due}"
            if told.get("latest_version") != item.published.split()[0]:
                return f"{where} names version {told.get('latest_version')}"
            if not told.get("release_notes") or not isinstance(told.get("size_mb"), int | float):
                return f"{where} says neither what is new nor how large it is"
        if not item.status.update_available or item.listed.get("update_available") is not True:
            return "it is not offered"
        return "" if "update" in item.status.actions else "an update is not among what can be done with the model"

    def _offered_anyway(self, item: Offered) -> str:
        offered = item.status.update_available or item.listed.get("update_available")
        return "it is offered" if offered or item.notice is not None else ""


def offered_as_due(seconds: float) -> OfferedAsDue:
    """Match what was published and is offered in time, if it is newer, and not at all, if it is not."""
    return OfferedAsDue(seconds)


@dataclass(frozen=True)
class Look:
    """One look during an update: the version shown, whether the model can be used, and what lies on disk.

    `in_use` is "old", "new", or "" where the files in use are neither; `beside` says whether more of the model lies
    beside them.
    """

    version: str | None
    available: bool
    in_use: str
    beside: bool


@dataclass(frozen=True)
class Order:
    """A generation that was ordered during an update: the version shown then, and its task (None: refused)."""

    version: str | None
    task: Task | None


@dataclass(frozen=True)
class TakeOver:
    """An update from one version to another, as it was seen from outside."""

    old: str
    new: str
    looks: Sequence[Look]
    orders: Sequence[Order]
    fetched: Sequence[str]
    changed: Sequence[str]
    status: str = ""


class StayedUsable(Lacking[TakeOver]):
    """Match an update during which no generation was refused and the old version was whole until the switch."""

    expected = "every generation taken and completed, and the old version whole and in use until the new one is"

    def lack(self, item: Any) -> str:
        """Say what was refused, failed or half."""
        refused = [order for order in item.orders if order.task is None]
        if refused or not item.orders:
            return f"{len(refused)} of {len(item.orders)} generations were refused"
        bad = [order.task.status for order in item.orders if order.task.status != "completed"]
        if bad:
            return f"{len(bad)} of {len(item.orders)} generations did not complete, one is {bad[0]}"
        if any(order.task.mode != "real" for order in item.orders):
            return "a generation was no real one"
        away = sum(not look.available for look in item.looks)
        if away:
            return f"at {away} of {len(item.looks)} looks the model was not available"
        half = sum(not look.in_use for look in item.looks)
        if half:
            return f"at {half} of {len(item.looks)} looks the files in use were those of neither version"
        versions = {order.version for order in item.orders}
        if versions != {item.old, item.new}:
            return f"generations were ordered with version {', '.join(sorted(map(str, versions)))} only"
        return ""


def stayed_usable() -> StayedUsable:
    """Match an update during which the model stayed usable."""
    return StayedUsable()


class TookOverOnce(Lacking[TakeOver]):
    """Match an update after which the version shown and the files in use changed once, from old to new."""

    expected = "one change from the old version to the new, which was put together beside the old one"

    def lack(self, item: Any) -> str:
        """Say how often and when it changed."""
        if item.status != "completed":
            return f"the update is {item.status}"
        shown = [look.version for look in item.looks]
        changes = sum(one != other for one, other in itertools.pairwise(shown))
        if changes != 1 or shown[0] != item.old or shown[-1] != item.new:
            return f"the version shown changed {changes} times, from {shown[0]} to {shown[-1]}"
        if "old" in [look.in_use for look in item.looks if look.version == item.new]:
            return "the new version was shown while the old one was in use"
        before = [look for look in item.looks if look.in_use == "old"]
        if not any(look.beside for look in before):
            return "nothing of the new version lay beside the old one"
        return ""


def took_over_once() -> TookOverOnce:
    """Match an update that took over by itself, once."""
    return TookOverOnce()


class FetchedTheChanges(Lacking[TakeOver]):
    """Match an update for which only the files that changed were fetched."""

    expected = "only the files that changed to be fetched"

    def lack(self, item: Any) -> str:
        """Name what was fetched without need, or not at all."""
        extra, lost = set(item.fetched) - set(item.changed), set(item.changed) - set(item.fetched)
        if extra:
            return f"fetched without need: {', '.join(sorted(extra))}"
        return f"not fetched: {', '.join(sorted(lost))}" if lost else ""


def fetched_the_changes() -> FetchedTheChanges:
    """Match an update for which only the files that changed were fetched."""
    return FetchedTheChanges()


@dataclass(frozen=True)
class Aftermath:
    """What is left after an update that went wrong, or was taken back.

    `whole` names the version whose files are in use whole ("old", "new" or ""); `back_after` is the time in seconds
    from the trouble until the model was usable, None if it was not.
    """

    what: str
    status: str
    sentence: str | None
    whole: str
    version: str | None
    due_version: str
    back_after: float | None
    verified: bool
    task: Task | None
    extra: Mapping[str, Any] = field(default_factory=dict)


class PreviousInUse(Lacking[Aftermath]):
    """See `previous_in_use`."""

    def __init__(self, seconds: float, statuses: Sequence[str]) -> None:
        self.seconds = seconds
        self.statuses = tuple(statuses)
        self.expected = f"the previous version whole and generating within {seconds:g} s, and a sentence that says why"

    def lack(self, item: Any) -> str:
        """Say what is left instead."""
        wrong = self._wrong(item)
        return f"{item.what}: {wrong}" if wrong else ""

    def _wrong(self, item: Aftermath) -> str:
        if item.whole != "old" or not item.verified:
            return f"the files in use are {'those of the new version' if item.whole == 'new' else 'half done'}"
        if item.back_after is None or item.back_after > self.seconds:
            return "the previous version is not in use again in time"
        if item.version != item.due_version:
            return f"version {item.version} is shown instead of {item.due_version}"
        if item.task is None or item.task.status != "completed" or item.task.mode != "real":
            return f"a generation {'was refused' if item.task is None else 'is ' + item.task.status}"
        if item.status not in self.statuses:
            return f"the update is told as {item.status.replace('_', ' ')}"
        return "" if item.sentence or item.status == "rollback_completed" else "no sentence says why it failed"


def previous_in_use(seconds: float, *statuses: str) -> PreviousInUse:
    """Match a model whose previous version is in use, with the update in one of these states (any failure if none)."""
    return PreviousInUse(seconds, statuses or ("failed", "rollback_completed"))


class OneVersionWhole(Lacking[Aftermath]):
    """Match a model that is whole in either version after the hub was killed while it installed one."""

    expected = "one of the two versions whole, verified and generating, and the update to be over"

    def lack(self, item: Any) -> str:
        """Say what is half."""
        if not item.whole or not item.verified:
            return f"{item.what}: the files in use are half done"
        if item.back_after is None:
            return f"{item.what}: the model is not usable again"
        shown = "old" if item.version == item.due_version else "new"
        if shown != item.whole:
            return f"{item.what}: version {item.version} is shown, the files are of the {item.whole} one"
        if item.task is None or item.task.status != "completed":
            return f"{item.what}: a generation {'was refused' if item.task is None else 'is ' + item.task.status}"
        due = ("completed",) if item.whole == "new" else ("failed", "rollback_completed")
        return "" if item.status in due else f"{item.what}: the update is told as {item.status.replace('_', ' ')}"


def one_version_whole() -> OneVersionWhole:
    """Match a model that is whole in one of two versions."""
    return OneVersionWhole()
