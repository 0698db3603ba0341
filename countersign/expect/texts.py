"""Matcher for texts that must arrive character for character."""

from countersign.expect.lacking import Lacking


class AsTyped(Lacking[tuple[str, str]]):
    """See `as_typed`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.expected = f"a line of which {what} exactly what was typed"

    def lack(self, item: tuple[str, str]) -> str:
        """Show both and the first place where they differ."""
        typed, found = item
        if typed == found:
            return ""
        pairs = enumerate(zip(typed, found, strict=False))
        place = next((number for number, (one, other) in pairs if one != other), min(len(typed), len(found)))
        return f"typed was {typed!r}, {self.what} {found!r}; they differ from character {place + 1} on"


def as_typed(what: str) -> AsTyped:
    """Match a pair of the text typed and the text found; `what` says who found it ("the customer heard")."""
    return AsTyped(what)
