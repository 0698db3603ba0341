"""Training jobs: a small classifier is trained on a synthetic data set, step by step, and becomes a version."""

import asyncio
import json
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import DatabaseUnavailable, SqlDatabase
from reference.common.rounds import until_done
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.logbook import Logbook
from reference.medassist.models.registry import ModelRegistry
from reference.medassist.people import SYSTEM, Actor
from reference.medassist.refusals import Refused, conflict

STEPS = 4
STEP_SECONDS = 1.0
RETRY_SECONDS = 0.5
OPEN = ("queued", "running")

jobs = tables.training_jobs

_WORDS = {
    "urgent": ("severe", "worse", "fever", "vomiting", "bleeding", "dizzy", "sudden", "unbearable"),
    "routine": ("mild", "refill", "appointment", "question", "vaccination", "itch", "cold", "copy"),
}
_FILLERS = ("since", "yesterday", "my", "have", "a", "the", "bit", "today", "please", "and")


@dataclass(frozen=True)
class Dataset:
    """Synthetic examples; in `noise` of them the label says nothing about the words."""

    examples: int
    noise: float


DATASETS = {"synthetic-small": Dataset(400, 0.04), "synthetic-poor": Dataset(400, 0.9)}


class Trainer:
    """Trains word weights (a perceptron) on synthetic sentences."""

    def steps(self, dataset: str, seed: str) -> Iterator[dict[str, float]]:
        """Train in four passes; each gives the metrics so far."""
        draw = random.Random(seed)
        examples = [_example(draw, DATASETS[dataset].noise) for _ in range(DATASETS[dataset].examples)]
        held_out, learnt = examples[: len(examples) // 4], examples[len(examples) // 4 :]
        weights: Counter[str] = Counter()
        began = time.monotonic()
        for _ in range(STEPS):
            for words, urgent in learnt:
                if (_score(weights, words) > 0) != urgent:
                    for word in words:
                        weights[word] += 1 if urgent else -1
            right = _accuracy(weights, held_out)
            yield {
                "accuracy": right,
                "loss": round(1 - _accuracy(weights, learnt), 4),
                "validation_accuracy": right,
                "training_time_minutes": round((time.monotonic() - began) / 60, 6),
            }


def _example(draw: random.Random, noise: float) -> tuple[list[str], bool]:
    urgent = draw.random() < 0.5
    told = draw.choices(_WORDS["urgent" if urgent else "routine"], k=3) + draw.choices(_FILLERS, k=4)
    return told, draw.random() < 0.5 if draw.random() < noise else urgent


def _score(weights: Counter[str], words: list[str]) -> int:
    return sum(weights[word] for word in words)


def _accuracy(weights: Counter[str], examples: list[tuple[list[str], bool]]) -> float:
    return sum((_score(weights, words) > 0) == urgent for words, urgent in examples) / len(examples)


class Training:
    """Runs training jobs. Methods raise DatabaseUnavailable and Refused."""

    def __init__(
        self, database: SqlDatabase, registry: ModelRegistry, trainer: Trainer, audit: AuditTrail, logbook: Logbook
    ) -> None:
        """Keep jobs in `database` and register what they make in `registry`."""
        self._database = database
        self._registry = registry
        self._trainer = trainer
        self._audit = audit
        self._logbook = logbook
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def start(self, model_id: str, version: str, dataset: str, by: Actor) -> dict[str, Any]:
        """Queue a job."""
        if dataset not in DATASETS:
            raise Refused(404, "There is no such data set.", "UNKNOWN_DATASET")
        job_id = f"job_{secrets.token_hex(4)}"
        found = tables.model_versions

        def work(connection: Connection) -> dict[str, Any]:
            same = found.c.model_id == model_id, found.c.version == version
            going_on = jobs.c.model_id == model_id, jobs.c.version == version, jobs.c.status.in_(OPEN)
            if (
                connection.execute(select(found.c.version).where(*same)).first()
                or connection.execute(select(jobs.c.job_id).where(*going_on)).first()
            ):
                raise conflict("This version exists already.", "VERSION_EXISTS")
            values = {
                "job_id": job_id,
                "model_id": model_id,
                "version": version,
                "dataset": dataset,
                "status": "queued",
                "progress": 0.0,
                "created_at": iso_exact(now()),
                "created_by": by.user_id,
            }
            connection.execute(insert(jobs).values(values))
            details = {"model_id": model_id, "version": version, "dataset": dataset}
            self._audit.write(connection, "training_started", by, "training_job", job_id, details=details)
            return _shown(_row(connection, job_id))

        shown = await self._database.write(work)
        task = asyncio.create_task(self._run(job_id, model_id, version, dataset))
        self._tasks[job_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job_id, None))
        return shown

    async def find(self, job_id: str) -> dict[str, Any] | None:
        """Find a job."""
        row = await self._database.look(lambda connection: _row(connection, job_id))
        return None if row is None else _shown(row)

    async def listing(self) -> list[dict[str, Any]]:
        """Give all jobs, the newest first."""
        query = select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.job_id).limit(500)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [_shown(row) for row in rows]

    async def cancel(self, job_id: str) -> dict[str, Any]:
        """Cancel a job that is not finished."""

        def work(connection: Connection) -> dict[str, Any]:
            row = _row(connection, job_id)
            if row.status not in OPEN:
                raise conflict(f"This job is finished: {row.status}.", "JOB_FINISHED")
            self._finish(connection, job_id, "cancelled", None)
            return _shown(_row(connection, job_id))

        shown = await self._database.write(work)
        task = self._tasks.pop(job_id, None)
        if task is not None:
            task.cancel()
        return shown

    async def recover(self) -> None:
        """Fail the jobs that ran when the last process ended."""

        def work(connection: Connection) -> None:
            for row in connection.execute(select(jobs).where(jobs.c.status.in_(OPEN))).all():
                if row.job_id not in self._tasks:
                    self._finish(connection, row.job_id, "failed", "interrupted")

        await self._database.write(work)

    async def close(self) -> None:
        """Stop all work."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job_id: str, model_id: str, version: str, dataset: str) -> None:
        try:
            metrics: dict[str, float] = {}
            await self._note(job_id, "running", 0.0, None)
            for number, metrics in enumerate(self._trainer.steps(dataset, f"{model_id}:{version}"), start=1):
                await asyncio.sleep(STEP_SECONDS)
                if number < STEPS:
                    await self._note(job_id, "running", number / STEPS, metrics)
            await self._complete(job_id, model_id, version, metrics)
        except Exception as error:  # noqa: BLE001 - a job that breaks is failed, and nothing else
            self._logbook.trouble("training", error)
            await self._write(lambda connection: self._finish(connection, job_id, "failed", "training failed"))

    async def _complete(self, job_id: str, model_id: str, version: str, metrics: dict[str, float]) -> None:
        def work(connection: Connection) -> None:
            if _row(connection, job_id).status != "running":
                return
            self._registry.add_version_in(
                connection, model_id, version, metrics=metrics, description="Trained", source="training", by=SYSTEM
            )
            values = {"progress": 1.0, "metrics_json": json.dumps(metrics)}
            connection.execute(update(jobs).where(jobs.c.job_id == job_id).values(values))
            self._finish(connection, job_id, "completed", None)

        async def attempt() -> bool:
            try:
                await self._registry.write(work)
            except DatabaseUnavailable:
                return False
            return True

        await until_done(attempt, RETRY_SECONDS)

    async def _note(self, job_id: str, status: str, progress: float, metrics: dict[str, float] | None) -> None:
        def work(connection: Connection) -> None:
            connection.execute(
                update(jobs)
                .where(jobs.c.job_id == job_id, jobs.c.status.in_(OPEN))
                .values(status=status, progress=progress, metrics_json=metrics and json.dumps(metrics))
            )

        await self._write(work)

    async def _write(self, work: Any) -> None:
        async def attempt() -> bool:
            try:
                await self._database.write(work)
            except DatabaseUnavailable:
                return False
            return True

        await until_done(attempt, RETRY_SECONDS)

    def _finish(self, connection: Connection, job_id: str, status: str, error: str | None) -> None:
        values = {"status": status, "error": error, "finished_at": iso_exact(now())}
        connection.execute(update(jobs).where(jobs.c.job_id == job_id).values(values))
        outcome = "success" if status == "completed" else "failure"
        details = {"status": status}
        self._audit.write(
            connection,
            "training_finished",
            SYSTEM,
            "training_job",
            job_id,
            details=details,
            outcome=outcome,  # type: ignore[arg-type]
        )


def _row(connection: Connection, job_id: str) -> Any:
    return connection.execute(select(jobs).where(jobs.c.job_id == job_id)).first()


def _shown(row: Any) -> dict[str, Any]:
    return {
        "job_id": row.job_id,
        "model_id": row.model_id,
        "version": row.version,
        "dataset": row.dataset,
        "status": row.status,
        "progress": row.progress,
        "metrics": json.loads(row.metrics_json) if row.metrics_json else None,
        "error": row.error,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
    }
