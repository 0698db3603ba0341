"""Things that happen once at the hub, each caused on purpose, while somebody listens to their topics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.expect.modelhub.happenings import Happened
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.own_models import VERSION, installed
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.journeys.modelhub.updates.update_talk import offers
from countersign.journeys.modelhub.upkeep.damage import WEIGHT, FolderCopy, overwritten
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import Frame, TopicLine

TOPICS = ("health_monitoring", "fallback_notifications", "model_status", "alerts")
TOLD_WITHIN = 15.0
SIZE_MB, NEW, NOTES = 0.05, "2.1.0", "What is new in 2.1.0: calmer water"
FULL = 0.85
"""The share of the space that is in use when it runs low: above 80 percent, below the critical 95."""
GB = 2**30
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Happenings:
    """What happened, each with what was told of it."""

    each: Sequence[Happened]


@dataclass
class Scene:
    """The listener, the models that things happen to, and what the hub answered to what was done."""

    user: HubUser
    line: TopicLine
    awaited: str
    damaged: str
    own: str
    advice: Facts = field(default_factory=dict)
    queue_id: str = ""


@dataclass(frozen=True)
class Thing:
    """How one thing is caused, the messages that are due of it, and how these are told from others.

    `last` is caused when everything before it has been told.
    """

    kind: str
    cause: Callable[[Scene], object]
    about: Callable[[Scene], Facts]
    due: Callable[[Scene], Sequence[Facts]]
    count: int = 1
    last: bool = False

    def told(self, scene: Scene) -> list[Frame]:
        """Give the messages that tell of it."""
        return [frame for frame in scene.line.frames if frame.says(self.kind, **self.about(scene))]


def happens(user: HubUser, wanted: Sequence[str]) -> Happenings:
    """Cause each of these things once, by the words of the feature, and listen to what is told."""
    user.stage.need("topic-events", "fallback-queue", "updates", "model-files", "repair")
    hub, damaged = user.hub, model_of("the fast model")
    copy = FolderCopy(hub.models_folder / damaged)
    user.stage.at_end(copy.restores, f"bringing the files of {damaged} back")
    [own] = installed(hub, [SIZE_MB])
    hub.repairs_unasked(True)
    scene = Scene(user, user.listens(*TOPICS), model_of("the text model"), damaged, own)
    for number, what in enumerate(wanted):
        if THINGS[what].last:
            _listens(scene, wanted[:number])
        THINGS[what].cause(scene)
    _listens(scene, wanted)
    return Happenings(
        [Happened(what, THINGS[what].kind, THINGS[what].told(scene), THINGS[what].due(scene)) for what in wanted]
    )


def _listens(scene: Scene, things: Sequence[str]) -> None:
    """Listen until everything was told or the time is up, and a little longer for what comes too often."""
    scene.line.gather(lambda: all(len(THINGS[what].told(scene)) >= THINGS[what].count for what in things), TOLD_WITHIN)
    scene.line.ping()


def _suggests(scene: Scene) -> None:
    scene.advice = scene.user.api.fallback.suggest(scene.awaited)


def _advice(scene: Scene) -> Sequence[Facts]:
    strategy, best = scene.advice["fallback_strategy"], scene.advice["alternative_suggestion"] or {}
    names = ("strategy_type", "user_message", "alternative_model")
    told = {name: strategy[name] for name in names}
    return [{**told, **{name: best.get(name) for name in ("suggested_model", "compatibility_score")}}]


def _waits(scene: Scene) -> None:
    prompt = personas.material("modelhub_sockets")["prompt"]
    scene.queue_id = str(scene.user.api.fallback.wait_for(scene.awaited, prompt)["queue_id"])
    scene.user.api.downloads.start(scene.awaited)


def _served(scene: Scene) -> Sequence[Facts]:
    task = scene.user.api.fallback.try_request("GET", scene.queue_id).must_be(200).json()["task_id"]
    waiting = {"model_id": scene.awaited, "status": "waiting", "queue_position": 1, "task_id": None}
    return [waiting, {"status": "submitted", "task_id": task}, {"status": "completed", "task_id": task}]


def _damages(scene: Scene) -> None:
    overwritten(scene.user.hub.models_folder / scene.damaged)
    scene.user.api.caring.verify(scene.damaged)


def _new_version(scene: Scene) -> None:
    offers(scene.user.hub, scene.own, NEW, size_mb=SIZE_MB, release_notes=NOTES)


def _fills(scene: Scene) -> None:
    capacity = used_bytes(scene.user.hub) / FULL / GB
    scene.user.hub.admin.config.prefer(storage_config={"max_storage_gb": capacity})


def _by_itself(scene: Scene) -> None:
    """Do nothing: it follows from what happened before."""


THINGS: Mapping[str, Thing] = {
    "an alternative to the text model is suggested": Thing(
        "fallback_strategy", _suggests, lambda scene: {"original_model": scene.awaited}, _advice
    ),
    "a request waits for the text model and is served": Thing(
        "model_queue_update", _waits, lambda scene: {"queue_id": scene.queue_id}, _served, count=3
    ),
    "a file of the fast model is damaged": Thing(
        "corruption_detection",
        _damages,
        lambda scene: {"model_id": scene.damaged},
        lambda scene: [
            {
                "corruption_type": "checksum_mismatch",
                "severity": "high",
                "files": [WEIGHT],
                "requires_user_action": False,
            }
        ],
    ),
    "the fast model is repaired": Thing(
        "health_monitoring_alert",
        _by_itself,
        lambda scene: {"model_id": scene.damaged, "repair_success": True},
        lambda scene: [{"health_status": "healthy", "integrity_score": 1.0, "issues_found": [], "status": "completed"}],
    ),
    "a newer version of a model comes out": Thing(
        "model_update_notification",
        _new_version,
        lambda scene: {"model_id": scene.own},
        lambda scene: [
            {
                "update_type": "minor",
                "current_version": VERSION,
                "latest_version": NEW,
                "status": "available",
                "release_notes": NOTES,
            }
        ],
    ),
    "the space runs low": Thing(
        "alert",
        _fills,
        lambda scene: {"alert_type": "storage_low"},
        lambda scene: [{"severity": "medium"}],
        last=True,
    ),
}
"""What can happen, by the words of the features."""
