"""Training jobs over HTTP (capability training)."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import need
from countersign.transport.answer import Answer

ENDED = frozenset({"completed", "failed", "cancelled"})


@dataclass(frozen=True)
class Job:
    """A training job. `status` is queued, running, completed, failed or cancelled; `progress` runs from 0 to 1."""

    id: str
    status: str
    progress: float
    metrics: Mapping[str, float]
    error: str | None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ENDED


class TrainingJobs:
    """The routes of training jobs."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def start(self, model_id: str, version: str, dataset: str) -> Job:
        """Start a job that makes a version of a model from a data set."""
        return _job(self.try_starting(model_id, version, dataset).must_be(202))

    def try_starting(self, model_id: str, version: str, dataset: str) -> Answer:
        """Try to start a job and give the answer, whatever its status."""
        body = {"model_id": model_id, "version": version, "dataset": dataset}
        return self._ask("POST", "/api/training/jobs", json=body)

    def read(self, job_id: str) -> Job:
        """Read a job."""
        return _job(self._ask("GET", f"/api/training/jobs/{job_id}").must_be(200))

    def cancel(self, job_id: str) -> Job:
        """Cancel a job that has not ended."""
        return _job(self._ask("POST", f"/api/training/jobs/{job_id}/cancel").must_be(200))


def _job(answer: Answer) -> Job:
    data, where = answer.json(), "a training job"
    return Job(
        id=need(data, "job_id", str, where),
        status=need(data, "status", str, where),
        progress=float(need(data, "progress", (int, float), where)),
        metrics=data.get("metrics") or {},
        error=data.get("error"),
    )
