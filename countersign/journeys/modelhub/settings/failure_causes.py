"""Causes of failures at the hub: brought about, looked at, and put right again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import CapabilityMissing
from countersign.journeys.modelhub.generation.runs import ended
from countersign.journeys.modelhub.own_models import installed, published
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.upkeep import disk
from countersign.systems.modelhub.model import ACTIVE
from countersign.transport import eventually

SIZE_MB = 0.1
GIVEN_UP_WITHIN = 10.0
NEXT_TO_NOTHING_GB = 1e-6
ALMOST_FULL_PERCENT = 80.0
GIVEN = 200


def _nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True)
class Cause:
    """Why something fails: how it comes about, a look that raises AssertionError while it is there, how it is put
    right, and the model that it concerns."""

    begins: Callable[[], object]
    gone: Callable[[], None]
    ends: Callable[[], object]
    model_id: str = ""


class Causes:
    """All situations of the features, at a hub with two models of the scenario's own: one installed, one missing."""

    def __init__(self, user: PowerUser) -> None:
        user.stage.need("model-files", "origin-control", "dependency-control")
        self.user, self.hub = user, user.hub
        [self.there] = installed(self.hub, [SIZE_MB])
        [self.missing] = published(self.hub, [SIZE_MB])
        self.left_behind = (
            self.hub.models_folder / ".partial" / self.there / personas.material("modelhub_recovery")["left_behind"]
        )
        self.known: Mapping[str, Cause] = {
            "it is whole": Cause(_nothing, self._loads, _nothing, self.there),
            "it is damaged, and the source is away": Cause(
                self._is_damaged_alone, self._loads, self._source_is_back, self.there
            ),
            "it is damaged": Cause(self._is_damaged, self._loads, _nothing, self.there),
            "it is there": Cause(_nothing, self._reaches, _nothing),
            "it is away, and a model is missing": Cause(
                self._source_is_away, self._reaches, self._source_is_back, self.missing
            ),
            "it is back, and a download was given up": Cause(self._gives_up, self._has_arrived, _nothing, self.missing),
            "the engine answers": Cause(_nothing, self._generates, _nothing),
            "the engine is away": Cause(self._engine_is_away, self._engine_answers, self._engine_is_back),
            "there is enough of everything": Cause(_nothing, self._has_space, _nothing),
            "an unfinished file was left behind": Cause(self._leaves_behind, self._is_tidy, self._tidies),
            "the space for models is full": Cause(self._is_full, self._has_space, self._has_room),
            "there is no graphics card": Cause(self._must_lack_card, _nothing, _nothing),
        }

    def _is_damaged(self) -> None:
        if self.user.api.models.health(self.there).is_healthy:
            disk.damage(self.hub, self.there)

    def _is_damaged_alone(self) -> None:
        self._is_damaged()
        self._source_is_away()

    def _source_is_away(self) -> None:
        self.hub.source.fails("refuse")

    def _source_is_back(self) -> None:
        self.hub.source.works_again()

    def _gives_up(self) -> None:
        """Have a download given up while the source is away, and bring the source back."""
        self._source_is_away()
        self.user.api.downloads.start(self.missing, max_retries=0)

        def over() -> None:
            status = self.user.api.downloads.progress(self.missing).status
            assert status not in ACTIVE, f"it is {status}"

        eventually(over, GIVEN_UP_WITHIN, what="the download to be given up")
        self._source_is_back()

    def _engine_is_away(self) -> None:
        self.user.stage.at_end(self._engine_is_back, "starting the engine")
        self.user.system.control.dependency("engine").stop()

    def _engine_is_back(self) -> None:
        self.user.system.control.dependency("engine").start()

    def _leaves_behind(self) -> None:
        self.user.stage.at_end(self._tidies, "removing the file that was left behind")
        self.left_behind.parent.mkdir(parents=True, exist_ok=True)
        self.left_behind.write_bytes(b"unfinished")

    def _tidies(self) -> None:
        self.left_behind.unlink(missing_ok=True)

    def _is_full(self) -> None:
        self.user.api.config.prefer(storage_config={"max_storage_gb": NEXT_TO_NOTHING_GB})

    def _has_room(self) -> None:
        self.user.api.config.prefer(storage_config={"max_storage_gb": None})

    def _must_lack_card(self) -> None:
        if self.user.api.models.get("recovery/health")["gpu_available"]:
            raise CapabilityMissing("modelhub: the hub has a graphics card, so these failures are possible there")

    def _loads(self) -> None:
        told = self.user.api.models.health(self.there)
        assert told.is_healthy, f"the model is {told.status}"

    def _reaches(self) -> None:
        assert self.user.api.models.status(self.there).source_reachable, "the source is told to be away"

    def _has_arrived(self) -> None:
        status = self.user.api.models.statuses()[self.missing]
        assert status.is_available, f"the model is {status.availability}"

    def _generates(self) -> None:
        prompt = str(personas.material("modelhub")["prompts"]["plain"])
        answer = self.user.api.generation.try_submitting(self.there, prompt)
        assert answer.status == GIVEN, f"a generation is refused ({answer.status})"
        [task] = ended(self.user.api, [str(answer.json()["task_id"])])
        assert task.status == "completed", f"a generation is {task.status}"

    def _engine_answers(self) -> None:
        state = self.user.api.health().json()["components"]["engine"]
        assert state == "up", f"the engine is {state}"

    def _has_space(self) -> None:
        percent = self._percent()
        assert percent < ALMOST_FULL_PERCENT, f"{percent:g} percent of the space are used"

    def _percent(self) -> float:
        told: Any = self.user.api.models.overall_health()["system_health"]["storage_usage_percent"]
        return float(told)

    def _is_tidy(self) -> None:
        assert not self.left_behind.exists(), "the unfinished file is still there"
