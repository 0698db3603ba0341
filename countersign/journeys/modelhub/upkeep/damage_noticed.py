"""Damage models and touch nothing: what does the hub notice, tell and repair by itself?"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.damage import Noticed
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.upkeep.damage import DAMAGES, HARMED, FolderCopy
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import Frame, TopicLine
from countersign.transport.deadline import Deadline

REPAIRED_WITHIN = 30.0
NOTICED_WITHIN = 15.0
MODELS = ("the text model", "the image model", "the fast model")
UNSEEN = "a weight file overwritten, its size and time kept"
ROUNDS = (
    (UNSEEN, UNSEEN, UNSEEN),
    ("a file deleted", "a weight file cut to half", "a weight file emptied"),
    (
        "the configuration made unreadable",
        "two files deleted, another overwritten",
        "a weight file overwritten, its size kept",
    ),
    ("the whole folder deleted",),
)
"""What happens to the three models, round by round: 10 damages of all kinds."""


@dataclass
class _Watched:
    """One damaged model, and the frames that tell of it."""

    noticed: Noticed
    good: FolderCopy
    began: float
    damaged: dict[str, bytes] = field(default_factory=dict)


def damaged_in_rounds(user: HubUser) -> list[Noticed]:
    """Damage the three installed models, round by round, and look at nothing but what is told and at the files."""
    copies, found = _copies(user), list[Noticed]()
    line = user.listens("health_monitoring")
    for damages in ROUNDS:
        came = _round(line, copies, damages)
        found += came
        if any(_open(each, repaired=True) or not each.files_right for each in came):
            return found
    return [replace(each, told_score=_score(user, each)) for each in found]


def damaged_and_left(user: HubUser) -> list[Noticed]:
    """Damage two models while automatic repair is off; look for a whole interval whether anything is changed."""
    copies = _copies(user)
    line = user.listens("health_monitoring")
    watched = _damage(copies, ("a file deleted", "a weight file overwritten, its size kept"))
    _follow(line, watched, NOTICED_WITHIN, repaired=False)
    later = line.silence(user.system.timings.get("health_interval_seconds", 5.0) + 1)
    for frame in later:
        _note(frame, watched)
    return [replace(each.noticed, files_untouched=each.good.now() == each.damaged) for each in watched]


def _score(user: HubUser, noticed: Noticed) -> float | None:
    """Give the integrity that is told by frame and by health; nothing where these differ."""
    health = user.api.models.health(noticed.model_id)
    return noticed.told_score if health.is_healthy and health.integrity_score == noticed.told_score else None


def _copies(user: HubUser) -> list[FolderCopy]:
    hub = hub_of(user.stage)
    user.stage.need("topic-events", "repair")
    copies = [FolderCopy(hub.models_folder / model_of(model)) for model in MODELS]
    for copy in copies:
        user.stage.at_end(copy.restores, f"bringing the files of {copy.folder.name} back")
    return copies


def _round(line: TopicLine, copies: Sequence[FolderCopy], damages: Sequence[str]) -> list[Noticed]:
    watched = _damage(copies, damages)
    _follow(line, watched, NOTICED_WITHIN, repaired=False)
    if not any(_open(each.noticed, repaired=False) for each in watched):
        _follow(line, watched, REPAIRED_WITHIN, repaired=True)
    return [replace(each.noticed, files_right=each.good.is_right) for each in watched]


def _damage(copies: Sequence[FolderCopy], damages: Sequence[str]) -> list[_Watched]:
    watched = []
    for copy, what in zip(copies, damages, strict=False):
        DAMAGES[what](copy.folder)
        noticed = Noticed(what, copy.folder.name, HARMED.get(what, ()))
        watched.append(_Watched(noticed, copy, time.monotonic(), copy.now()))
    return watched


def _follow(line: TopicLine, watched: Sequence[_Watched], within: float, *, repaired: bool) -> None:
    """Read what is told until every model was noticed (and `repaired`), or the time is up."""
    deadline = Deadline(within, "modelhub: what is told of damaged models")
    with suppress(DeadlineExceeded):
        while any(_open(each.noticed, repaired) for each in watched):
            _note(line.next_frame(deadline), watched)


def _open(noticed: Noticed, repaired: bool) -> bool:
    return noticed.noticed_after is None or (repaired and noticed.repaired_after is None)


def _note(frame: Frame, watched: Sequence[_Watched]) -> None:
    for each in watched:
        if frame.data.get("model_id") != each.noticed.model_id:
            continue
        after = frame.arrived - each.began
        told: dict[str, Any] = {}
        if frame.type == "corruption_detection" and each.noticed.noticed_after is None:
            told = {"noticed_after": after, "warning": frame.data}
        elif frame.data.get("repair_success") is True and each.noticed.repaired_after is None:
            told = {"repaired_after": after, "told_score": frame.data.get("integrity_score")}
        each.noticed = replace(each.noticed, **told)
