"""Known numbers of things are done at the hub, and the figures are read before and after each of them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.counted import Counted, Uses, uses_in
from countersign.expect.traces import Place, Trace
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.systems.modelhub.model import ACTIVE
from countersign.systems.prometheus import Metrics, read_metrics
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

GENERATING, CARED_FOR, NEWER, DAMAGED = "t2v-A14B", "ti2v-5B", "1.5.1", "vae.safetensors"
ANALYTICS = "/api/v1/models/analytics"
CALLS, WRONG_CALLS, RETRIES, TASKS, LINES = 7, 2, 2, 3, 2
TOLD_WITHIN, OVER_WITHIN = 4.0, 45.0
Figure = tuple[str, Mapping[str, str]]


@dataclass
class Accounts:
    """What was done and counted, what the processes used, and the figures as they were printed at the end."""

    counted: list[Counted] = field(default_factory=list)
    uses: Uses = field(default_factory=Uses)
    printed: list[Place] = field(default_factory=list)
    personal: list[Trace] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)


class Accountant:
    """Does things and compares."""

    def __init__(self, admin: PowerUser) -> None:
        self.admin, self.api, self.hub = admin, admin.api, admin.hub
        self.accounts = Accounts()
        self._mark = f"prompt{admin.stage.tag}{uuid.uuid4().hex[:6]}"

    def accounts_for_everything(self) -> Accounts:
        """Do everything that is counted."""
        user = self.admin
        user.stage.need("metrics")
        username, password = self.hub.enrols("somebody")
        first = self._read()
        self._counts_calls()
        self._counts_tasks()
        self._counts_care()
        self._counts_lines()
        self.api.try_sign_in(username, password)
        printed = self.api.ask("GET", "//metrics", token="").must_be(200).text
        control = user.system.control
        embedded = control is not None and user.system.embedded
        self.accounts.processes = sorted(control.state().processes) if control is not None and embedded else []
        self.accounts.uses = Uses(uses_in(first), uses_in(read_metrics("modelhub", printed)))
        self.accounts.printed = [Place("the figures", printed)]
        self.accounts.personal = [
            Trace.of("a prompt", self._mark),
            Trace.of("the name of a user", username),
            Trace.of("a token", self.api.token),
            Trace.of("the name of the administrator", next(each for each in user.system.staff).email),
        ]
        return self.accounts

    def _read(self) -> Metrics:
        return read_metrics("modelhub", self.api.ask("GET", "//metrics", token="").must_be(200).text)

    def _does(self, deed: Callable[[], object], expected: Mapping[str, tuple[Figure, float]]) -> None:
        """Do something and note how the figures changed; they have a short time to tell it."""
        before = self._read()
        deed()
        seen = [before]

        def told() -> None:
            seen[0] = self._read()
            assert all(each.counted == each.done for each in changes()), "the figures do not say so"

        def changes() -> list[Counted]:
            return [
                Counted(what, name, done, _total(seen[0], name, labels) - _total(before, name, labels))
                for what, ((name, labels), done) in expected.items()
            ]

        try:
            eventually(told, TOLD_WITHIN, every=0.2, what="the figures to tell of it")
        except DeadlineExceeded:
            self.admin.stage.recorder.say("the figures do not tell what was done")
        self.accounts.counted += changes()

    def _counts_calls(self) -> None:
        def calls() -> None:
            for _ in range(CALLS):
                self.api.ask("GET", "/models/analytics").must_be(200)
            for _ in range(WRONG_CALLS):
                self.api.ask("GET", "/models/analytics?time_period_days=0").must_be(422)

        def answered(status: str) -> Figure:
            return ("modelhub_http_requests_total", {"route": ANALYTICS, "method": "GET", "status": status})

        duration = ("modelhub_http_request_duration_seconds_count", {"route": ANALYTICS})
        expected: dict[str, tuple[Figure, float]] = {
            "good answers": (answered("200"), CALLS),
            "refusals": (answered("422"), WRONG_CALLS),
            "timed answers": (duration, CALLS + WRONG_CALLS),
        }
        self._does(calls, expected)

    def _counts_tasks(self) -> None:
        prompts = [f"{self._mark} number {number}" for number in range(TASKS)]
        failing = 0
        if "scripted-ai" in self.admin.system.capabilities:
            prompts.append(mark("status", f"{self._mark} fails", code=500))
            failing = 1
        self._does(
            lambda: self._generates(prompts),
            {
                "finished generations": (("modelhub_tasks_total", {"status": "completed"}), TASKS),
                "failed generations": (("modelhub_tasks_total", {"status": "failed"}), failing),
            },
        )

    def _generates(self, prompts: list[str]) -> None:
        taken = [str(self.api.generation.submit(GENERATING, prompt)["task_id"]) for prompt in prompts]

        def over() -> None:
            left = [task.id for task in self.api.generation.tasks() if task.id in taken and not task.final]
            assert not left, f"{len(left)} are not over"

        eventually(over, OVER_WITHIN, every=0.2, what="the generations to be over")

    def _counts_care(self) -> None:
        """Download with retries, repair, update: what the target lets the suite bring about."""
        offered, say = self.admin.system.capabilities, self.admin.stage.recorder.say
        if "origin-control" not in offered:
            say("not counted: retries and updates, for which the suite would have to control the source")
            return
        self.api.config.prefer(
            download_config={"retry_delay_base": 0.2}, health_monitoring={"auto_repair_enabled": False}
        )
        self._does(
            self._downloads,
            {
                "downloads": (("modelhub_downloads", {"status": "completed"}), 1),
                "retries": (("modelhub_download_retries_total", {"model_id": CARED_FOR}), RETRIES),
                "bytes": (("modelhub_download_bytes_total", {"model_id": CARED_FOR}), self._published_bytes()),
                "available models": (("modelhub_models", {"availability_status": "available"}), 1),
            },
        )
        if {"model-files", "repair"} <= offered:
            self._does(self._repairs, {"repairs": (("modelhub_repairs_total", {}), 1)})
        else:
            say("not counted: repairs, for which the suite would have to damage a model")
        if "updates" in offered:
            self._does(self._updates, {"updates": (("modelhub_updates_total", {}), 1)})

    def _published_bytes(self) -> float:
        models = {model["model_id"]: model for model in self.hub.source.catalogue()["models"]}
        return float(sum(file["size"] for version in models[CARED_FOR]["versions"] for file in version["files"]))

    def _downloads(self) -> None:
        self.hub.source.fails("status", model_id=CARED_FOR, path=DAMAGED, value=503, count=RETRIES)
        self.api.downloads.start(CARED_FOR)

        def over() -> None:
            status = self.api.downloads.progress(CARED_FOR).status
            assert status not in ACTIVE, f"it is {status}"

        eventually(over, OVER_WITHIN, every=0.1, what="the download to end")
        self._available("the downloaded model to be available")

    def _repairs(self) -> None:
        (self.hub.models_folder / CARED_FOR / DAMAGED).unlink()
        self.api.caring.verify(CARED_FOR)
        self.api.caring.repair(CARED_FOR)
        self._available("the repaired model to be available")

    def _updates(self) -> None:
        self.hub.source.publishes(CARED_FOR, NEWER, changed_files=["config.json"])
        self.api.caring.look_for_updates()
        self.api.caring.approve_update(CARED_FOR)
        self._available("the new version to be available", NEWER)

    def _available(self, what: str, version: str = "") -> None:
        def available() -> None:
            status = self.api.models.status(CARED_FOR)
            assert status.availability == "available", f"it is {status.availability}"
            assert status.current_version == (version or status.current_version), f"it is {status.current_version}"

        eventually(available, OVER_WITHIN, every=0.1, what=what)

    def _counts_lines(self) -> None:
        connections: Figure = ("modelhub_ws_connections", {})
        lines: list[Any] = []

        def opens() -> None:
            lines.extend(self.admin.follows_tasks() for _ in range(LINES))
            for line in lines:
                line.ping()

        def closes() -> None:
            for line in lines:
                line.close()

        self._does(opens, {"opened lines": (connections, LINES)})
        self._does(closes, {"closed lines": (connections, -LINES)})


def _total(metrics: Metrics, name: str, labels: Mapping[str, str]) -> float:
    # What was never counted yet has no labels and so no line.
    return metrics.total(name, **labels) if any(each.name == name for each in metrics.figures) else 0.0


def accounts_for_everything(admin: PowerUser) -> Accounts:
    """Do everything that is counted, and compare."""
    return Accountant(admin).accounts_for_everything()


def measure(stage: Any, accounts: Accounts) -> None:
    """Journal how many figures were compared."""
    count = len(accounts.counted)
    measure_count(stage, "figures compared with what was done", count, least=1, of=count, load="1 user")
