"""A/B tests: who is in which arm, what came of it, and what the figures allow to say (contract, section 6.8)."""

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.models.registry import ModelRegistry, usable_version
from reference.medassist.models.routing import Router
from reference.medassist.people import Actor
from reference.medassist.refusals import conflict

SIGNIFICANT = 0.05

experiments, outcomes = tables.experiments, tables.experiment_outcomes


class Conclusion:
    """Compares two shares by a two-sided test."""

    def p_value(self, control: tuple[int, int], treatment: tuple[int, int]) -> float | None:
        """Give the probability of such a difference by chance; arms are (results, successes). None without results."""
        (n, x), (m, y) = control, treatment
        if not n or not m:
            return None
        pooled = (x + y) / (n + m)
        error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        return 1.0 if error == 0 else math.erfc(abs(x / n - y / m) / error / math.sqrt(2))

    def word(self, control: tuple[int, int], treatment: tuple[int, int], least: int) -> str:
        """Say what the figures allow to say."""
        p = self.p_value(control, treatment)
        if p is None or min(control[0], treatment[0]) < least:
            return "inconclusive"
        if p >= SIGNIFICANT:
            return "no_difference"
        better = treatment[1] / treatment[0] > control[1] / control[0]
        return "treatment_better" if better else "control_better"


class Experiments:
    """Runs A/B tests. Methods raise DatabaseUnavailable and Refused."""

    def __init__(
        self,
        database: SqlDatabase,
        registry: ModelRegistry,
        router: Router,
        conclusion: Conclusion,
        audit: AuditTrail,
    ) -> None:
        """Keep experiments in `database`."""
        self._database = database
        self._registry = registry
        self._router = router
        self._conclusion = conclusion
        self._audit = audit

    async def start(
        self, name: str, model_id: str, *, control: str, treatment: str, split: float, min_sample: int, by: Actor
    ) -> dict[str, Any]:
        """Start an experiment."""
        experiment_id = fresh_id()

        def work(connection: Connection) -> None:
            for version in (control, treatment):
                usable_version(connection, model_id, version)
            running = experiments.c.model_id == model_id, experiments.c.status == "running"
            if connection.execute(select(experiments.c.name).where(*running)).first():
                raise conflict("An experiment of this model is running.", "EXPERIMENT_RUNNING")
            connection.execute(
                insert(experiments).values(
                    experiment_id=experiment_id,
                    name=name,
                    model_id=model_id,
                    control_version=control,
                    treatment_version=treatment,
                    split=split,
                    min_sample=min_sample,
                    status="running",
                    created_at=iso_exact(now()),
                    created_by=by.user_id,
                )
            )
            details = {"model_id": model_id, "control_version": control, "treatment_version": treatment}
            self._audit.write(connection, "experiment_started", by, "experiment", experiment_id, details=details)

        await self._registry.write(work)
        found = await self.find(experiment_id)
        assert found is not None, "it was just kept"
        return found

    async def find(self, experiment_id: str) -> dict[str, Any] | None:
        """Give an experiment with its figures so far."""

        def work(connection: Connection) -> dict[str, Any] | None:
            query = select(experiments).where(experiments.c.experiment_id == experiment_id)
            row = connection.execute(query).first()
            return None if row is None else self._shown(connection, row)

        return await self._database.read(work)

    async def add(self, experiment_id: str, results: Sequence[tuple[str, bool]]) -> int:
        """Keep results by user; each counts for the arm that the user is in."""

        def work(connection: Connection) -> int:
            row = connection.execute(select(experiments).where(experiments.c.experiment_id == experiment_id)).one()
            if row.status != "running":
                raise conflict("This experiment is stopped.", "EXPERIMENT_STOPPED")
            at = iso_exact(now())
            values = [
                {
                    "experiment_id": experiment_id,
                    "user_id": user_id,
                    "variant": self._router.variant(experiment_id, row.split, user_id),
                    "success": success,
                    "created_at": at,
                }
                for user_id, success in results
            ]
            if values:
                connection.execute(insert(outcomes), values)
            return len(values)

        return await self._database.write(work)

    async def stop(self, experiment_id: str, by: Actor) -> dict[str, Any]:
        """Stop an experiment; everybody gets the active version again."""

        def work(connection: Connection) -> dict[str, Any]:
            query = select(experiments).where(experiments.c.experiment_id == experiment_id)
            if connection.execute(query).one().status != "running":
                raise conflict("This experiment is stopped already.", "EXPERIMENT_STOPPED")
            connection.execute(
                update(experiments)
                .where(experiments.c.experiment_id == experiment_id)
                .values(status="stopped", stopped_at=iso_exact(now()))
            )
            shown = self._shown(connection, connection.execute(query).one())
            details = {"conclusion": shown["conclusion"]}
            self._audit.write(connection, "experiment_stopped", by, "experiment", experiment_id, details=details)
            return shown

        return await self._registry.write(work)

    def _shown(self, connection: Connection, row: Any) -> dict[str, Any]:
        control, treatment = (_arm(connection, row.experiment_id, arm) for arm in ("control", "treatment"))
        return {
            "experiment_id": row.experiment_id,
            "name": row.name,
            "model_id": row.model_id,
            "control_version": row.control_version,
            "treatment_version": row.treatment_version,
            "split": row.split,
            "min_sample": row.min_sample,
            "status": row.status,
            "created_at": row.created_at,
            "stopped_at": row.stopped_at,
            "control": _shown_arm(control),
            "treatment": _shown_arm(treatment),
            "p_value": self._conclusion.p_value(control, treatment),
            "conclusion": self._conclusion.word(control, treatment, row.min_sample),
        }


def _arm(connection: Connection, experiment_id: str, variant: str) -> tuple[int, int]:
    of_arm = outcomes.c.experiment_id == experiment_id, outcomes.c.variant == variant
    count = select(func.count()).select_from(outcomes)
    every = connection.execute(count.where(*of_arm)).scalar_one()
    return every, connection.execute(count.where(*of_arm, outcomes.c.success.is_(True))).scalar_one()


def _shown_arm(arm: tuple[int, int]) -> dict[str, Any]:
    return {"n": arm[0], "successes": arm[1], "rate": arm[1] / arm[0] if arm[0] else None}
