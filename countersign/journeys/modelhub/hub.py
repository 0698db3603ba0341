"""The hub of one scenario: brought into the state the scenario begins with, and back to calm at its end."""

import secrets
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import personas
from countersign.errors import CapabilityMissing
from countersign.journeys.listed import listed
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import ACTIVE
from countersign.systems.modelhub.origin import Origin
from countersign.transport import eventually

SETTLED_WITHIN = 30.0
USABLE = ("healthy", "degraded")


def hub_of(stage: Any) -> "Hub":
    """Give the hub of a scenario; the first time it is brought to calm."""
    hub: Hub = stage.shared(Hub, lambda: Hub(stage))
    return hub


def model_of(words: str) -> str:
    """Give the id of a model by the words of the features ("the text model")."""
    models: dict[str, str] = personas.material("modelhub")["models"]
    return models[words.strip().lower()]


def models_of(words: str) -> list[str]:
    """Give the ids of models by the words of the features ("the text model, the fast model and the image model")."""
    return [model_of(part) for part in listed(words)]


def product_models() -> list[str]:
    """Give the ids of the models of the product; the first one needs no image."""
    return list(personas.material("modelhub")["models"].values())


class Hub:
    """The administrator's view of the hub. What a scenario changes for everybody is changed through it and put back:
    the source's faults and publications, preferences, policies, switches, and what is installed."""

    def __init__(self, stage: Any) -> None:
        self.stage = stage
        self.system = stage.system("modelhub")
        self.admin = ModelHubApi(self.system, "suite", stage.recorder)
        self.admin.sign_in(*self.administrator)
        self.origin = Origin(self.system, stage.recorder) if self.system.origin_url else None
        stage.at_end(self.admin.close, "closing the administrator's client")
        stage.at_end(self.calms, "bringing the hub back to calm")
        self.calms()

    @property
    def administrator(self) -> tuple[str, str]:
        """The name and the password of the target's administrator."""
        account = next(each for each in self.system.staff if each.role == "admin")
        return account.email, account.password

    @property
    def source(self) -> Origin:
        """The control of the source. Raises CapabilityMissing where there is none."""
        if self.origin is None:
            raise CapabilityMissing("modelhub: the target names no source with control routes (origin_url)")
        return self.origin

    @property
    def models_folder(self) -> Path:
        """The folder of models. Raises CapabilityMissing where the suite may not look into it."""
        if "model-files" not in self.system.capabilities:
            raise CapabilityMissing(f"modelhub: {self.system.missing.get('model-files', 'no folder of models')}")
        return Path(self.system.folders["models"])

    def calms(self) -> None:
        """Put everything that is shared back: no faults, no publications, default settings, no transfer under way."""
        if self.origin is not None:
            self.origin.works_again()
            self.origin.withdraws_everything()
            if "updates" in self.system.capabilities:
                self.admin.caring.look_for_updates()  # else a version that was withdrawn is still the newest for it
        self.admin.config.reset("preferences")
        self.admin.config.reset("admin")
        for name, enabled in self.admin.config.flags()["flags"].items():
            if not enabled:
                self.admin.config.try_flag(name, True).must_be(200)
        # No download begins by itself while a scenario prepares what is installed.
        self.admin.config.prefer(automation_level="manual")
        self.cancels_transfers()
        self.empties_the_queues()
        self.admin.ask("POST", "/recovery/reset").must_be(200)

    def cancels_transfers(self) -> None:
        """Cancel every transfer that is not over."""
        for model_id, progress in self.admin.downloads.all().items():
            if progress.status in ACTIVE:
                self.admin.downloads.try_managing(model_id, "cancel").must_be(200, 409)

    def empties_the_queues(self) -> None:
        """Withdraw every request that waits, and cancel every generation that is not over."""
        if "fallback-queue" in self.system.capabilities:
            for request in self.admin.fallback.waiting()["requests"]:
                if request["status"] == "waiting":
                    self.admin.fallback.try_request("DELETE", request["queue_id"]).must_be(200, 404, 409)
        for task in self.admin.generation.tasks():
            if not task.final:
                self.admin.generation.try_cancel(task.id).must_be(200, 400, 404)

    def leaves_damage_alone(self) -> None:
        """Switch automatic repair off, so that what is damaged stays so until somebody acts."""
        self.admin.config.prefer(health_monitoring={"auto_repair_enabled": False})

    def published(self, model_id: str) -> tuple[str, tuple[str, ...]]:
        """Give the newest published version of a model and the names of its files."""
        model = next(each for each in self.source.catalogue()["models"] if each["model_id"] == model_id)
        version = next(each for each in model["versions"] if each["version"] == model["latest"])
        return str(model["latest"]), tuple(file["path"] for file in version["files"])

    def has_installed(self, models: Iterable[str]) -> None:
        """Bring about that exactly these models (canonical ids) are installed and available."""
        wanted, statuses, health = set(models), self.admin.models.statuses(), self._health()
        for model_id in set(health) - wanted:
            status = statuses.get(model_id)
            if health[model_id] != "missing" or (status and (status.size_mb or status.availability != "missing")):
                self.removes(model_id)
        for model_id in sorted(wanted):
            if health.get(model_id) not in USABLE:
                self.admin.downloads.try_managing(model_id, "start").must_be(202, 409)
        if "repair" in self.system.capabilities:
            self._sweeps(name for name in sorted(wanted) if health.get(name) == "degraded")
        eventually(lambda: self._settled(wanted), SETTLED_WITHIN, every=0.1, what="the models to be as prepared")
        if self.origin is not None:
            self.origin.counts_anew()

    def _sweeps(self, models: Iterable[str]) -> None:
        """Have left-overs of unfinished transfers removed: an earlier scenario may have given up a download."""
        for model_id in models:
            self.admin.caring.try_repair(model_id, repair_type="integrity_fix", force_repair=True).must_be(202, 409)
            eventually(partial(self._swept, model_id), SETTLED_WITHIN, every=0.1, what="left-overs to be removed")

    def _swept(self, model_id: str) -> None:
        repair = self.admin.caring.repair_of(model_id)
        assert repair is None or repair["status"] in ("completed", "failed"), f"its repair is {repair['status']}"

    def has_all_installed(self) -> None:
        """Bring about that the three models of the product are installed, and no other."""
        self.has_installed(product_models())

    def repairs_unasked(self, automatic: bool) -> None:
        """Have damage repaired without asking, or only told."""
        self.admin.config.prefer(
            automation_level="semi_automatic", health_monitoring={"auto_repair_enabled": automatic}
        )

    def looks_from_time_to_time(self, enabled: bool) -> None:
        """Have the models looked at from time to time, or only when they are used."""
        self.admin.config.prefer(health_monitoring={"enabled": enabled})

    def removes(self, model_id: str) -> None:
        """Delete a model, and what is left of it on disk where the suite may; its transfer is cancelled before."""
        self.cancels_transfers()
        self.admin.caring.try_delete(model_id).must_be(200, 404)
        if "model-files" in self.system.capabilities:
            shutil.rmtree(self.models_folder / model_id, ignore_errors=True)

    def _settled(self, wanted: set[str]) -> None:
        # The health is asked, not the status: what scenarios judge must not be what they are prepared by.
        now = self._health()
        wrong = sorted(name for name, health in now.items() if (health in USABLE) != (name in wanted))
        assert not wrong, ", ".join(f"{name} is {now[name]}" for name in wrong)

    def _health(self) -> dict[str, str]:
        told = self.admin.models.overall_health()["model_health"]
        return {name: str(each["health_status"]) for name, each in told.items()}

    def enrols(self, name: str, by: ModelHubApi | None = None) -> tuple[str, str]:
        """Make an account that bears the run's mark; give the name to sign in with and the password.

        The account is asked for by the administrator's client, or by another one.
        """
        password = f"Aa1-{secrets.token_urlsafe(12)}"
        self.stage.recorder.redactor.register(password, "password")
        username = f"{name.lower()}-{self.stage.tag}-{secrets.token_hex(4)}"
        (by or self.admin).register(username, f"{username}@example.org", password)
        self.stage.made["accounts"] += 1
        return username, password
