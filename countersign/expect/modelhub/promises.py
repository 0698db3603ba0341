"""Matcher for what the parts that are left go on doing while another is stopped (contract, section 10)."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Promise:
    """Something that goes on while a part is stopped: what it is, how it has to be, and how it was seen."""

    part: str
    what: str
    wanted: str
    seen: str


class Kept(Lacking[Promise]):
    """See `kept`."""

    expected = "the parts that are left to go on with their work"

    def lack(self, item: Any) -> str:
        """Say what was seen instead."""
        if item.seen == item.wanted:
            return ""
        return f"with the {item.part} stopped, {item.what} met {item.seen} instead of {item.wanted}"


def kept() -> Kept:
    """Match a promise that was seen as it has to be."""
    return Kept()
