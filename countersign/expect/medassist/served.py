"""Requests for predictions that went on while something changed, and matchers for who served them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.models import Prediction


@dataclass(frozen=True)
class Served:
    """One request for a prediction. `began` is monotonic; `problem` says why it brought none."""

    began: float
    prediction: Prediction | None
    problem: str = ""

    @property
    def version(self) -> str:
        """The version that served it; empty if none did."""
        return self.prediction.model_version if self.prediction is not None else ""


class WithoutFailure(Lacking[Sequence[Served]]):
    """See `without_failure`."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.expected = f"at least {least} predictions, none of which failed"

    def lack(self, item: Sequence[Served]) -> str:
        """Say how many failed, and why the first did."""
        failed = [each.problem for each in item if each.problem]
        if failed:
            return f"{len(failed)} of {len(item)} failed, the first because {failed[0]}"
        return "" if len(item) >= self.least else f"there were {len(item)}"


def without_failure(least: int) -> WithoutFailure:
    """Match at least so many requests for predictions that all brought one."""
    return WithoutFailure(least)


class AllServedBy(Lacking[Sequence[Served]]):
    """See `all_served_by`."""

    def __init__(self, version: str, least: int) -> None:
        self.version, self.least = version, least
        self.expected = f"{least} of {least} predictions served by version {version}"

    def lack(self, item: Sequence[Served]) -> str:
        """Say which versions served how many."""
        served = Counter(each.version or "none" for each in item)
        if set(served) == {self.version} and len(item) >= self.least:
            return ""
        told = ", ".join(f"{count} by {version}" for version, count in sorted(served.items()))
        return f"{len(item)} were served: {told}" if told else "there was none"


def all_served_by(version: str, least: int) -> AllServedBy:
    """Match at least so many predictions that were all served by one version."""
    return AllServedBy(version, least)


class RowServedBy(Lacking[Sequence[Served]]):
    """See `a_row_served_by`."""

    def __init__(self, version: str, length: int) -> None:
        self.version, self.length = version, length
        self.expected = f"{length} predictions in a row served by version {version}"

    def lack(self, item: Sequence[Served]) -> str:
        """Say how long the longest row was, and what broke it."""
        longest = row = 0
        breaker = ""
        for each in item:
            row = row + 1 if each.version == self.version else 0
            breaker = breaker if row else each.version or each.problem
            longest = max(longest, row)
        return "" if longest >= self.length else f"the longest row was {longest}, broken by {breaker or 'nothing yet'}"


def a_row_served_by(version: str, length: int) -> RowServedBy:
    """Match predictions, in their order, of which so many in a row were served by one version."""
    return RowServedBy(version, length)


class ServedAnewBy(Lacking[Served]):
    """See `served_anew_by`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"an answer made anew by version {version}"

    def lack(self, item: Served) -> str:
        """Say who answered instead, or that it came from the cache."""
        if item.prediction is None:
            return f"it failed because {item.problem}"
        if item.version != self.version:
            return f"version {item.version} answered"
        return "it was kept from an answer given before" if item.prediction.cache_hit else ""


def served_anew_by(version: str) -> ServedAnewBy:
    """Match a prediction by this version that did not come from the cache."""
    return ServedAnewBy(version)


class MadeWithoutCache(Lacking[Served]):
    """See `made_without_cache`."""

    expected = "a prediction that does not come from the cache"

    def lack(self, item: Served) -> str:
        """Say that it was kept, or why there is none."""
        if item.prediction is None:
            return f"it failed because {item.problem}"
        return "it comes from the cache" if item.prediction.cache_hit else ""


def made_without_cache() -> MadeWithoutCache:
    """Match a prediction that was made, not kept."""
    return MadeWithoutCache()
