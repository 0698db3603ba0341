"""Starting downloads more than once, and controlling them when that makes no sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.expect.modelhub.refused import Refusal, Starts
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.load.together import together
from countersign.transport import eventually
from countersign.transport.answer import Answer

SLOW_MBPS, QUICK_MBPS = 2, 40
STATE_WITHIN, OVER_WITHIN, TOGETHER_WITHIN = 5.0, 30.0, 20.0
EXTRA_MB = 0.1
UNKNOWN_MODEL = "no-such-model"
CONTROLS = ("pause", "resume", "cancel", "priority", "bandwidth")


@dataclass(frozen=True)
class Refusals:
    """Controls that had to be refused."""

    each: tuple[Refusal, ...]


@dataclass(frozen=True)
class Nothings:
    """What was asked of downloads and models that do not exist, in words, with the answers."""

    never_started: tuple[tuple[str, Answer], ...]
    unknown: tuple[tuple[str, Answer], ...]


def starts(user: HubUser, model: str, ways: Sequence[str]) -> Starts:
    """Start the download of a model once by each of the ways ("asking" for it, "managing" it), one after the other."""
    model_id = model_of(model)
    by = {"asking": _plainly, "managing": _managing}
    return _watched(user, model_id, lambda: [by[way](user, model_id) for way in ways])


def starts_at_once(user: HubUser, model: str, times: int) -> Starts:
    """Start the download of a model so many times at the same moment."""
    model_id = model_of(model)
    jobs = [partial(_managing if number % 2 else _plainly, user, model_id) for number in range(times)]
    return _watched(user, model_id, lambda: [each.get() for each in together(jobs, within=TOGETHER_WITHIN)])


def tries_the_impossible(user: HubUser, model: str) -> Refusals:
    """Pause a paused download, resume a running one, and control one that is completed."""
    model_id = model_of(model)
    downloads = user.api.downloads
    downloads.start(model_id, bandwidth_limit_mbps=SLOW_MBPS)
    _waits_for(user, model_id, "downloading")
    tried = [_tries(user, model_id, "resume", "downloading")]
    downloads.manage(model_id, "pause")
    _waits_for(user, model_id, "paused")
    tried.append(_tries(user, model_id, "pause", "paused"))
    downloads.manage(model_id, "resume")
    downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=0)
    _waits_for(user, model_id, "completed", OVER_WITHIN)
    tried += [_tries(user, model_id, action, "completed") for action in ("pause", "resume", "cancel")]
    return Refusals(tuple(tried))


def asks_for_nothing(user: HubUser) -> Nothings:
    """Ask after and control a download that was never started, and one of a model that does not exist."""
    known = set(user.api.models.statuses()) - set(user.api.downloads.all())
    never = sorted(known) or publishes_extra(user.hub, 1, EXTRA_MB)
    return Nothings(_everything(user, never[0]), _everything(user, UNKNOWN_MODEL))


def _everything(user: HubUser, model_id: str) -> tuple[tuple[str, Answer], ...]:
    downloads = user.api.downloads
    more: dict[str, dict[str, Any]] = {
        "priority": {"priority": "high"},
        "bandwidth": {"bandwidth_limit_mbps": 5},
    }
    asked = [(action, downloads.try_managing(model_id, action, **more.get(action, {}))) for action in CONTROLS]
    asked.append(("the progress", downloads.try_progress(model_id)))
    if model_id == UNKNOWN_MODEL:
        asked += [("a start", _managing(user, model_id)), ("the other start", _plainly(user, model_id))]
    return tuple(asked)


def _watched(user: HubUser, model_id: str, start: Callable[[], Sequence[Answer]]) -> Starts:
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": QUICK_MBPS})
    watch = Watch(user, [model_id])
    answers = tuple(start())
    return Starts(model_id, answers, watch.until_over(OVER_WITHIN)[0])


def _tries(user: HubUser, model_id: str, action: str, state: str) -> Refusal:
    before = user.api.downloads.progress(model_id)
    answer = user.api.downloads.try_managing(model_id, action)
    return Refusal(action, state, answer, before, user.api.downloads.progress(model_id))


def _waits_for(user: HubUser, model_id: str, status: str, within: float = STATE_WITHIN) -> None:
    def question() -> None:
        progress = user.api.downloads.progress(model_id)
        assert progress.status == status, f"it is {progress.status}"

    eventually(question, within, every=0.05, what=f"the download to be {status}")


def _plainly(user: HubUser, model_id: str) -> Answer:
    return user.api.downloads.try_starting({"model_type": model_id})


def _managing(user: HubUser, model_id: str) -> Answer:
    return user.api.downloads.try_managing(model_id, "start")
