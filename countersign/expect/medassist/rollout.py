"""Which version serves whom during a trial, and matchers for shares that hold and users who keep what they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.served import Served


@dataclass(frozen=True)
class Preview:
    """Who would be served by which version: `by_user` maps a user to it."""

    by_user: Mapping[str, str]

    def users_of(self, version: str) -> set[str]:
        """Give the users of a version."""
        return {user for user, served in self.by_user.items() if served == version}


class ShareOf(Lacking[Preview]):
    """See `share_of`."""

    def __init__(self, version: str, lowest: int, highest: int, of: int) -> None:
        self.version, self.lowest, self.highest, self.of = version, lowest, highest, of
        span = f"{lowest}" if lowest == highest else f"{lowest} to {highest}"
        self.expected = f"{span} of {of} users served by version {version}"

    def lack(self, item: Preview) -> str:
        """Say how many there were."""
        served = len(item.users_of(self.version))
        if len(item.by_user) == self.of and self.lowest <= served <= self.highest:
            return ""
        return f"there were {served} of {len(item.by_user)}"


def share_of(version: str, lowest: int, highest: int, of: int) -> ShareOf:
    """Match a preview of so many users, of whom `lowest` to `highest` are served by the version."""
    return ShareOf(version, lowest, highest, of)


class Unchanged(Lacking[tuple[Preview, Preview]]):
    """See `unchanged`."""

    expected = "every user to be served by the same version at the second look"

    def lack(self, item: tuple[Preview, Preview]) -> str:
        """Say for how many it is another one."""
        first, second = (each.by_user for each in item)
        moved = [user for user in first if second.get(user) != first[user]]
        if not moved:
            return "" if first else "there was no user"
        user = moved[0]
        return f"{len(moved)} of {len(first)} are not, the first one got {first[user]} and then {second.get(user)}"


def unchanged() -> Unchanged:
    """Match two previews in which each user has the same version."""
    return Unchanged()


class OnlyAdded(Lacking[tuple[Preview, Preview]]):
    """See `only_added`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"everybody whom version {version} serves at the smaller share to keep it at the larger one"

    def lack(self, item: tuple[Preview, Preview]) -> str:
        """Say how many lost it."""
        smaller, larger = (each.users_of(self.version) for each in item)
        if not smaller:
            return "it served nobody at the smaller share"
        lost = smaller - larger
        return f"{len(lost)} of {len(smaller)} lost it" if lost else ""


def only_added(version: str) -> OnlyAdded:
    """Match the previews of a smaller and of a larger share: nobody loses the version."""
    return OnlyAdded(version)


class AsAnnounced(Lacking[Sequence[tuple[str, Served]]]):
    """See `as_announced`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"{count} of {count} predictions by the version that the preview announced"

    def lack(self, item: Sequence[tuple[str, Served]]) -> str:
        """Say how many came from another one."""
        wrong = [(announced, served) for announced, served in item if served.version != announced]
        if not wrong:
            return "" if len(item) >= self.count else f"there were {len(item)}"
        announced, served = wrong[0]
        told = served.version or served.problem
        return f"{len(wrong)} of {len(item)} were not, the first was announced as {announced} and came from {told}"


def as_announced(count: int) -> AsAnnounced:
    """Match pairs of an announced version and a prediction: at least so many, all served as announced."""
    return AsAnnounced(count)
