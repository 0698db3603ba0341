"""The hub is cut off from the source of its models while somebody goes on working with what is installed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.offline import AskedOffline, LookOffline
from countersign.journeys.measuring import measure_matching
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.generation.runs import ended
from countersign.journeys.modelhub.hub import model_of, models_of
from countersign.journeys.modelhub.user import HubUser
from countersign.load.pace import Pace
from countersign.systems.modelhub.forms import PNG
from countersign.systems.modelhub.model import Progress, Task, need, read_status
from countersign.transport.answer import Answer

LOOK_EVERY = 0.5
LOOKS_PER_GENERATION = 10
NEEDS_NO_IMAGE = "the text model"


@dataclass(frozen=True)
class CutOff:
    """What was seen, asked for and generated while the hub was cut off, and the download begun meanwhile."""

    installed: Sequence[str]
    looks: Sequence[LookOffline]
    asked: Sequence[AskedOffline]
    tasks: Sequence[Task]
    download: Progress


class OfflineWork:
    """The work of one person from the moment of the cut."""

    def __init__(self, user: HubUser, installed: Sequence[str], away: str) -> None:
        self.user, self.installed, self.away = user, installed, away
        self.looks: list[LookOffline] = []
        self.asked: list[AskedOffline] = []
        self.task_ids: list[str] = []
        self.began = time.monotonic()

    def goes_on(self, seconds: float) -> None:
        """Look, ask and generate for so long."""
        ask = self.user.api.ask
        manage = {"model_id": self.away, "action": "start", "max_retries": 1}
        self._asks("a start of a download", lambda: ask("POST", "/models/download/manage", json=manage))
        pace = Pace(LOOK_EVERY)
        while pace.wait() < self.began + seconds:
            if len(self.looks) % LOOKS_PER_GENERATION == 0:
                self._generates()
            self._looks()

    def _looks(self) -> None:
        after, ask = time.monotonic() - self.began, self.user.api.ask
        told = self._asks("the status of the models", lambda: ask("GET", "/models/status/detailed"))
        wish = {"requested_model": self.away}
        offered = self._asks("a suggestion", lambda: ask("POST", "/models/fallback/suggest", json=wish))
        self._asks("the short status", lambda: ask("GET", "/models/status"))
        self._asks("the downloads", lambda: ask("GET", "/models/download/progress"))
        self._asks("the health of the models", lambda: ask("GET", "/models/health"))
        self._asks("the health of the hub", self.user.api.health)
        self._asks("the use of the models", lambda: ask("GET", "/models/analytics"))
        if (told.status, offered.status) == (200, 200):
            models = need(told.json(), "models", dict, "the detailed status").items()
            suggested = [str(each["suggested_model"]) for each in offered.json()["suggestions"]]
            self.looks.append(LookOffline(after, {name: read_status(each) for name, each in models}, suggested))

    def _generates(self) -> None:
        number = len(self.task_ids)
        model_id, prompt = self.installed[number % len(self.installed)], plain(self.user, number)
        generation = self.user.api.generation
        answer = self._asks(
            f"a generation with {model_id}",
            lambda: (
                generation.try_submitting(model_id, prompt)
                if model_id == model_of(NEEDS_NO_IMAGE)
                else generation.try_submitting_with_image(model_id, prompt, PNG)
            ),
        )
        if answer.status == 200:
            self.task_ids.append(str(answer.json()["task_id"]))

    def _asks(self, what: str, ask: Callable[[], Answer]) -> Answer:
        answer = ask()
        self.asked.append(AskedOffline(what, time.monotonic() - self.began, answer))
        return answer


def works_offline(user: HubUser, models: str, away: str, seconds: float) -> CutOff:
    """Cut the hub off for so long; meanwhile work with the installed models and begin to download another one."""
    source, missing = user.hub.source, model_of(away)
    user.api.config.prefer(download_config={"retry_delay_base": 0.5})
    source.fails("refuse")
    work = OfflineWork(user, models_of(models), missing)
    work.goes_on(seconds)
    tasks, download = ended(user.api, work.task_ids), user.api.downloads.progress(missing)
    source.works_again()
    return CutOff(work.installed, work.looks, work.asked, tasks, download)


def measure(stage: Any, cut: CutOff, matcher: Any) -> None:
    """Journal how many answers were no errors."""
    load = "1 user, the source cut off"
    measure_matching(stage, "answers without an error of the hub", cut.asked, matcher, count=len(cut.asked), load=load)
