"""Matchers for a reload of the content: it tells the truth about what it found."""

from collections.abc import Sequence

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.content import Reload


class Complains(Lacking[Reload]):
    """See `complains_about`."""

    def __init__(self, broken: Sequence[str]) -> None:
        self.broken = broken
        self.expected = f"a reload that claims no success and complains about {', '.join(broken)}"

    def lack(self, item: Reload) -> str:
        """Say what it claims, or what it keeps silent about."""
        if item.success:
            return f"it claimed success; its complaints were {list(item.errors)}"
        silent = [name for name in self.broken if not any(name in error for error in item.errors)]
        return f"it kept silent about {', '.join(silent)}; its complaints were {list(item.errors)}" if silent else ""


def complains_about(broken: Sequence[str]) -> Complains:
    """Match a reload that claims no success and names each broken training in its complaints."""
    return Complains(broken)


class Counts(Lacking[Reload]):
    """See `counts`."""

    def __init__(self, listed: Sequence[str]) -> None:
        self.listed = sorted(listed)
        self.expected = f"a reload that counts the {len(self.listed)} trainings on the list: {', '.join(self.listed)}"

    def lack(self, item: Reload) -> str:
        """Say what it counts instead."""
        if sorted(item.available) == self.listed and item.loaded == len(self.listed):
            return ""
        return f"it counted {item.loaded}: {', '.join(sorted(item.available))}"


def counts(listed: Sequence[str]) -> Counts:
    """Match a reload whose numbers and names are those of the list."""
    return Counts(listed)
