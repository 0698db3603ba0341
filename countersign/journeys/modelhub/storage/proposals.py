"""What a clean-up proposes for models that were used differently, by the examples of the contract (6.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.storage import Forgotten, Proposal
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.generation.runs import runs
from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.journeys.modelhub.own_models import installed
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import MB

GB = 2**30
CAPACITY_MB, TARGET_MB = 20.0, 5.0
OFTEN_MB, ONCE_MB, NEVER_MB = 6.0, 7.0, 4.0
DAYS_ON = 31


@dataclass(frozen=True)
class Used:
    """Three models: one used 5 times, one used once, one never."""

    often: str
    once: str
    never: str

    @property
    def words(self) -> dict[str, str]:
        """Name them for the owner."""
        return {self.often: "the one used 5 times", self.once: "the one used once", self.never: "the one never used"}


def differently_used(user: PowerUser) -> Used:
    """Install three models and use them 5 times, once and not at all; nothing else is installed."""
    hub = hub_of(user.stage)
    hub.has_installed([])
    often, once, never = installed(hub, (OFTEN_MB, ONCE_MB, NEVER_MB))
    runs(user.api, once, ["A paper boat"])
    runs(user.api, often, ["A paper boat"] * 5)
    hub.admin.config.prefer(storage_config={"max_storage_gb": CAPACITY_MB / 1024})
    return Used(often, once, never)


def proposals(user: PowerUser, used: Used) -> list[Proposal]:
    """Ask for what would be removed in every case that the rules name; nothing is removed."""
    hub, names = hub_of(user.stage), (used.never, used.once, used.often)
    found = [
        _asked(user, used, "5 MB wanted", [used.never]),
        _asked(user, used, "everything wanted", names, target_mb=CAPACITY_MB),
        _asked(user, used, "all of them used or installed within 30 days", [], keep=30),
        _asked(user, used, "enough is free", [], target_mb=1.0),
    ]
    user.api.config.prefer(preferred_models=[used.never])
    found.append(_asked(user, used, "the unused one is preferred", [used.once]))
    user.api.config.prefer(preferred_models=[])
    found.append(_with_a_busy_one(user, hub, used))
    return found


def _with_a_busy_one(user: PowerUser, hub: Hub, used: Used) -> Proposal:
    """Ask while the unused model is fetched anew beside the copy in use."""
    hub.source.fails("slow", model_id=used.never, value=0.5)
    large = 2 * CAPACITY_MB
    hub.admin.config.prefer(storage_config={"max_storage_gb": large / 1024})
    hub.admin.downloads.try_starting({"model_type": used.never, "force_redownload": True}).must_be(202)
    due, what = [used.once, used.often], "the unused one is fetched anew"
    found = _asked(user, used, what, due, target_mb=large, capacity_mb=large)
    hub.cancels_transfers()
    return found


def _asked(
    user: PowerUser,
    models: Used,
    what: str,
    due: Sequence[str],
    *,
    target_mb: float = TARGET_MB,
    keep: int = 0,
    capacity_mb: float = CAPACITY_MB,
) -> Proposal:
    used = used_bytes(hub_of(user.stage))
    told: Any = user.api.caring.clean_up(target_space_gb=target_mb / 1024, keep_recent_days=keep, dry_run=True)
    advice = told["recommendations"]
    actions = [each["model_id"] for each in advice["cleanup_actions"] if each["action_type"] == "remove_model"]
    to_free = max(0.0, target_mb * MB - max(0.0, capacity_mb * MB - used))
    return Proposal(what, actions, due, advice["space_to_free_gb"] * GB, to_free, models.words)


@dataclass(frozen=True)
class MonthLater:
    """What is told 31 days after the last use: of the models, and of the use of everything."""

    forgotten: Forgotten
    use: Any


def month_later(user: PowerUser, used: Used) -> MonthLater:
    """Let the hub take it to be 31 days later, and read what it recommends then."""
    user.stage.need("process-control")
    control = user.system.control
    assert control is not None, "process-control was asked for"
    with rolled_back(control, user.api.health):
        control.process("all").restart({"MODELHUB_CLOCK_OFFSET_DAYS": DAYS_ON})
        later = ModelHubApi(user.system, user.name, user.stage.recorder)
        user.stage.at_end(later.close, "closing the client of a month later")
        account = next(each for each in user.system.staff if each.role == "admin")
        later.sign_in(account.email, account.password)
        advice = later.models.overall_health()["recommendations"]
        told = later.caring.clean_up(target_space_gb=CAPACITY_MB / 1024, keep_recent_days=30, dry_run=True)
        use = later.models.get("models/analytics")
    recommended = [each["model_id"] for each in advice if each["type"] == "cleanup"]
    actions = [each["model_id"] for each in told["recommendations"]["cleanup_actions"]]
    return MonthLater(Forgotten((used.often, used.once, used.never), recommended, actions), use)
