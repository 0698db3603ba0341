"""What the hub does by itself while the settings that decide it are changed."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.in_force import Effect, Seen
from countersign.journeys.modelhub.generation.patience import rounds
from countersign.journeys.modelhub.own_models import installed
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.settings.under_settings import ENDLESS, IN_FORCE_AFTER, Effects
from countersign.journeys.modelhub.upkeep import disk
from countersign.load.pace import Pace
from countersign.transport import eventually

SIZE_MB, NEW = 0.1, "2.1.0"
LOOK_EVERY = 0.1
SPARE_SECONDS = 0.6
"""What is added to a round before it is said that nothing happened in it."""
DONE_WITHIN = 10.0
"""What a repair and an update of small models may take once they have begun."""
SWITCHES = ("health_monitoring", "auto_updates")
WATCHING, LOOKING = 0, 1


class Unasked:
    """A model to be damaged, one that gets a new version, and one that is only watched."""

    def __init__(self, pavel: PowerUser) -> None:
        pavel.stage.need("model-files", "origin-control", "updates")
        self.pavel, self.hub = pavel, pavel.hub
        self.round = rounds(pavel.stage)
        self.damaged, self.newer, self.watched = installed(self.hub, [SIZE_MB] * 3)

    def follows(self, rows: Sequence[Mapping[str, str]]) -> Effects:
        """Have a model damaged and one newly published while a table's settings are as at first, and change them."""
        repair, unapproved, watching, looking = (row["setting"] for row in rows)
        self._allows_update(False)
        disk.damage(self.hub, self.damaged)
        self.hub.repairs_unasked(False)
        self.hub.admin.caring.verify(self.damaged)
        self.hub.source.publishes(self.newer, NEW, size_mb=SIZE_MB)
        with suppress(DeadlineExceeded):
            eventually(self._must_offer, IN_FORCE_AFTER + self.round, what="the new version to be offered")
        first = self._looks_in_a_round()
        undone = self._done()
        self.hub.repairs_unasked(True)
        self._allows_update(True)
        with suppress(DeadlineExceeded):
            eventually(self._must_be_done, IN_FORCE_AFTER + self.round + DONE_WITHIN, what="the hub to act by itself")
        done = self._done()
        self._switches(False)
        self._passes(IN_FORCE_AFTER)
        off = self._looks_in_a_round()
        again = self._goes_on()
        return Effects(
            (
                Effect(repair, "repaired models", _none(undone[0]), Seen(1, 1, done[0])),
                Effect(unapproved, "installed updates", _none(undone[1]), Seen(1, 1, done[1])),
                Effect(watching, "looks in a round", _some(first[WATCHING]), _none(off[WATCHING])),
                Effect(looking, "looks in a round", _some(first[LOOKING]), _none(off[LOOKING])),
            ),
            (
                Effect(watching, "looks in a round", _none(off[WATCHING]), _some(again[WATCHING])),
                Effect(looking, "looks in a round", _none(off[LOOKING]), _some(again[LOOKING])),
            ),
        )

    def _allows_update(self, unapproved: bool) -> None:
        """Have updates installed by themselves as far as the users go; the policy decides whether that is allowed."""
        self.pavel.api.config.prefer(update_config={"auto_install_updates": True})
        self.pavel.api.config.try_policies({"require_approval_for_updates": not unapproved}).must_be(200)

    def _switches(self, enabled: bool) -> None:
        for name in SWITCHES:
            self.pavel.api.config.try_flag(name, enabled).must_be(200)

    def _moments(self) -> tuple[str, str]:
        """Give when the hub last looked at the health of the watched model, and when it last looked for updates."""
        return self.pavel.api.models.health(self.watched).last_check or "never", str(self._updates()["checked_at"])

    def _looks_in_a_round(self) -> tuple[int, int]:
        """Count for one round how often the hub looks at health and for updates."""
        seen, pace = [self._moments()], Pace(LOOK_EVERY)
        ends = time.monotonic() + self.round + SPARE_SECONDS
        while pace.wait() < ends:
            seen.append(self._moments())
        return len({each[WATCHING] for each in seen}) - 1, len({each[LOOKING] for each in seen}) - 1

    def _goes_on(self) -> tuple[int, int]:
        """Switch both on, and say of each whether it goes on within a round and the time until the change counts."""
        before, now = self._moments(), [("", "")]
        self._switches(True)

        def both() -> None:
            now[0] = self._moments()
            waited_for = [name for name, old, new in zip(SWITCHES, before, now[0], strict=True) if old == new]
            assert not waited_for, f"{' and '.join(waited_for)} did not go on"

        with suppress(DeadlineExceeded):
            eventually(both, IN_FORCE_AFTER + self.round + SPARE_SECONDS, what="watching and looking to go on")
        return int(now[0][WATCHING] != before[WATCHING]), int(now[0][LOOKING] != before[LOOKING])

    def _passes(self, seconds: float) -> None:
        """Let the time pass in which a change need not be in force yet."""
        pace, ends = Pace(LOOK_EVERY), time.monotonic() + seconds
        while pace.wait() < ends:
            self._moments()

    def _updates(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self.pavel.api.models.get("models/updates")
        return told

    def _must_offer(self) -> None:
        offered = {each["model_id"]: each["latest_version"] for each in self._updates()["updates"]}
        assert offered.get(self.newer) == NEW, f"version {offered.get(self.newer)} is the newest known"

    def _done(self) -> tuple[int, int]:
        """Count the repaired models and the installed updates."""
        health = self.pavel.api.models.health(self.damaged)
        versions = {each["model_id"]: each["current_version"] for each in self._updates()["updates"]}
        return int(health.is_healthy), int(versions.get(self.newer) == NEW)

    def _must_be_done(self) -> None:
        repaired, updated = self._done()
        assert repaired and updated, f"{repaired} of 1 models are repaired, {updated} of 1 updates installed"


def _none(number: int) -> Seen:
    return Seen(0, 0, number)


def _some(number: int) -> Seen:
    return Seen(1, ENDLESS, number)
