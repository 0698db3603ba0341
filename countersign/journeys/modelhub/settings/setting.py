"""Changing settings: one after the other, at their limits, senselessly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import personas
from countersign.expect.modelhub.settings import Change, Tried
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.systems.modelhub.settings import document, laid_over

STEP = {True: Decimal(1), False: Decimal("0.01")}
"""How far beyond a limit a value is tried, of settings in whole numbers and of others."""


@dataclass(frozen=True)
class Changes:
    """Every setting, changed one after the other."""

    each: tuple[Change, ...]


@dataclass(frozen=True)
class Attempts:
    """Documents that were looked over and then set."""

    each: tuple[Tried, ...]

    @property
    def good(self) -> list[Tried]:
        """Those that have to be taken."""
        return [each for each in self.each if not each.names]

    @property
    def bad(self) -> list[Tried]:
        """Those that have to be refused."""
        return [each for each in self.each if each.names]


def changes_each(user: PowerUser) -> Changes:
    """Change every setting to another value, one after the other; what was changed stays so."""
    before, found = user.api.config.preferences(), []
    for words, setting in personas.material("modelhub_settings")["settings"].items():
        user.api.config.prefer(**document(setting["at"], setting["other"]))
        after = user.api.config.preferences()
        found.append(Change(words, setting["at"], setting["other"], before, after))
        before = after
    return Changes(tuple(found))


def tries_limits(user: PowerUser, rows: Sequence[Mapping[str, str]]) -> Attempts:
    """Try, for each setting of a table, both limits and a value just beyond each."""
    tried = []
    for row in rows:
        setting = personas.material("modelhub_settings")["settings"][row["setting"]]
        whole = bool(setting.get("whole"))
        least, most, step = Decimal(row["least"]), Decimal(row["most"]), STEP[whole]
        for value, good in ((least - step, False), (least, True), (most, True), (most + step, False)):
            number = int(value) if whole else float(value)
            names = "" if good else setting["at"].split(".")[-1]
            tried.append(_tries(user, f"{number} as '{row['setting']}'", document(setting["at"], number), names))
    return Attempts(tuple(tried))


def tries_senseless(user: PowerUser, count: int) -> Attempts:
    """Try so many documents that make no sense."""
    odd = personas.material("modelhub_settings")["senseless"]
    assert len(odd) == count, f"the material holds {len(odd)} senseless settings"
    return Attempts(tuple(_tries(user, each["what"], each["set"], each["names"]) for each in odd))


def _tries(user: PowerUser, what: str, wish: Mapping[str, Any], names: str) -> Tried:
    config = user.api.config
    before = config.preferences()
    checked = config.validate(wish)
    between = config.preferences()
    answer = config.try_preferring(wish)
    due = before if names else laid_over(before, wish)
    return Tried(what, names, checked, answer, before, between, config.preferences(), due)
