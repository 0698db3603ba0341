"""Models, their versions and deployments: kept in the database, and at hand as a snapshot for every request."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.models.routing import Canary, ModelState, RunningExperiment, Snapshot
from reference.medassist.models.versions import order
from reference.medassist.people import SYSTEM, Actor
from reference.medassist.refusals import Refused, conflict, missing

Result = TypeVar("Result")

SEEDED = {
    "clinical_assessment": "Answers patients and prepares reports",
    "symptom_analyzer": "Names the symptoms in a text",
}
FIRST_VERSION = "1.0.0"
LEAST_ACCURACY = 0.70

models, versions, deployments = tables.models, tables.model_versions, tables.deployments
flags, experiments = tables.flags, tables.experiments


class ModelRegistry:
    """Registers, deploys and withdraws versions. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, database: SqlDatabase, audit: AuditTrail) -> None:
        """Keep everything in `database`."""
        self._database = database
        self._audit = audit
        self.snapshot = Snapshot()

    async def load(self) -> None:
        """Create the seeded models where they are missing, and read the snapshot."""
        await self.write(_seed)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction, and renew the snapshot."""
        result, self.snapshot = await self._database.write(lambda connection: (work(connection), _read(connection)))
        return result

    async def listing(self) -> list[dict[str, Any]]:
        """Give all models."""

        def work(connection: Connection) -> list[dict[str, Any]]:
            rows = connection.execute(select(models).order_by(models.c.model_id)).all()
            return [_shown_model(row, _running_canary(connection, row.model_id)) for row in rows]

        return await self._database.read(work)

    async def model_exists(self, model_id: str) -> bool:
        """Say whether there is such a model."""
        query = select(models.c.model_id).where(models.c.model_id == model_id)
        return await self._database.look(lambda connection: connection.execute(query).first()) is not None

    async def add_model(self, model_id: str, description: str, by: Actor) -> dict[str, Any]:
        """Create a model without any version."""

        def work(connection: Connection) -> dict[str, Any]:
            if _model(connection, model_id) is not None:
                raise conflict("There is a model of this name.", "MODEL_EXISTS")
            _insert_model(connection, model_id, description)
            self._audit.write(connection, "model_registered", by, "model", model_id, details={})
            return _shown_model(_model(connection, model_id), None)

        return await self.write(work)

    async def versions(self, model_id: str) -> list[dict[str, Any]]:
        """Give the versions of a model, the highest number first."""
        query = select(versions).where(versions.c.model_id == model_id)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return self.sorted([_shown_version(row) for row in rows])

    def sorted(self, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Sort shown versions, the newest first by number."""
        return sorted(shown, key=lambda version: order(version["version"]), reverse=True)

    async def add_version(
        self, model_id: str, version: str, metrics: Mapping[str, Any], description: str, by: Actor
    ) -> dict[str, Any]:
        """Register a version; one of poor quality is stored as rejected."""
        return await self.write(
            lambda connection: self.add_version_in(
                connection, model_id, version, metrics=metrics, description=description, source="registered", by=by
            )
        )

    def add_version_in(
        self,
        connection: Connection,
        model_id: str,
        version: str,
        *,
        metrics: Mapping[str, Any],
        description: str,
        source: str,
        by: Actor,
    ) -> dict[str, Any]:
        """Register a version inside a transaction."""
        if _version(connection, model_id, version) is not None:
            raise conflict("This version is registered already.", "VERSION_EXISTS")
        status = "registered" if self.good_enough(metrics) else "rejected"
        connection.execute(
            insert(versions).values(
                model_id=model_id,
                version=version,
                status=status,
                metrics_json=json.dumps(dict(metrics)),
                description=description,
                source=source,
                created_at=iso_exact(now()),
                created_by=by.user_id,
            )
        )
        details = {"version": version, "status": status}
        self._audit.write(connection, "model_registered", by, "model", model_id, details=details)
        return _shown_version(_version(connection, model_id, version))

    def good_enough(self, metrics: Mapping[str, Any]) -> bool:
        """Say whether a version with these metrics may ever be deployed."""
        return float(metrics["accuracy"]) >= LEAST_ACCURACY

    async def deploy(self, model_id: str, version: str, strategy: str, percentage: int, by: Actor) -> dict[str, Any]:
        """Deploy a version, at once or for a share of the users."""

        def work(connection: Connection) -> dict[str, Any]:
            model = _model(connection, model_id)
            wanted = _version(connection, model_id, version)
            if wanted is None:
                raise missing("version")
            self.refuse_deployment(connection, model_id, wanted)
            deployment = _insert_deployment(connection, model, version, strategy=strategy, percentage=percentage, by=by)
            if strategy == "immediate":
                _activate(connection, model, version)
            else:
                _set_status(connection, model_id, version, "canary")
            details = {"version": version, "strategy": strategy, "percentage": deployment["percentage"]}
            self._audit.write(
                connection, "model_deployed", by, "deployment", deployment["deployment_id"], details=details
            )
            return deployment

        return await self.write(work)

    def refuse_deployment(self, connection: Connection, model_id: str, wanted: Any) -> None:
        """Raise Refused for a version that must not be deployed now."""
        if wanted.status == "rejected":
            raise conflict("This version was rejected for its quality.", "QUALITY_GATE")
        if _running_canary(connection, model_id) is not None:
            raise conflict("A canary of this model is running: promote or cancel it first.", "CANARY_RUNNING")

    async def deployment(self, deployment_id: str) -> dict[str, Any] | None:
        """Find a deployment."""
        row = await self._database.look(lambda connection: _deployment(connection, deployment_id))
        return None if row is None else _shown_deployment(row)

    async def promote(self, deployment_id: str, percentage: int, by: Actor) -> dict[str, Any]:
        """Raise the share of a canary; at 100 it becomes the active version."""

        def work(connection: Connection) -> dict[str, Any]:
            row = _running(connection, deployment_id)
            if percentage <= row.percentage:
                raise Refused(
                    422,
                    "Validation error",
                    details=[
                        {
                            "type": "greater_than",
                            "loc": ["body", "percentage"],
                            "msg": f"The share must be above the present {row.percentage}.",
                        }
                    ],
                )
            status = "success" if percentage == 100 else "in_progress"
            _change(connection, deployment_id, percentage=percentage, status=status)
            if percentage == 100:
                _activate(connection, _model(connection, row.model_id), row.version)
            details = {"version": row.version, "percentage": percentage}
            self._audit.write(connection, "model_deployed", by, "deployment", deployment_id, details=details)
            return _shown_deployment(_deployment(connection, deployment_id))

        return await self.write(work)

    async def cancel(self, deployment_id: str) -> dict[str, Any]:
        """Take a canary back."""

        def work(connection: Connection) -> dict[str, Any]:
            row = _running(connection, deployment_id)
            _withdraw(connection, row, "cancelled", "cancelled by an administrator")
            return _shown_deployment(_deployment(connection, deployment_id))

        return await self.write(work)

    async def withdraw_canary(self, deployment_id: str, reason: str) -> str | None:
        """Roll a failing canary back by itself. Gives the model, None if the canary was not running any more."""

        def work(connection: Connection) -> str | None:
            row = _deployment(connection, deployment_id)
            if row is None or row.status != "in_progress":
                return None
            _withdraw(connection, row, "rolled_back", reason)
            details = {"model_id": row.model_id, "version": row.version, "reason": reason}
            self._audit.write(connection, "canary_rolled_back", SYSTEM, "deployment", deployment_id, details=details)
            return str(row.model_id)

        return await self.write(work)

    async def roll_back(self, model_id: str, reason: str, target: str | None, by: Actor) -> dict[str, Any]:
        """Withdraw a running canary, or else bring an earlier version back."""

        def work(connection: Connection) -> dict[str, Any]:
            model = _model(connection, model_id)
            canary = _running_canary(connection, model_id)
            if canary is not None and target in (None, model.active_version):
                _withdraw(connection, canary, "rolled_back", reason)
                withdrawn = canary.version
            else:
                withdrawn = model.active_version
                _back_to(connection, model, target, reason)
            changed = _model(connection, model_id)
            earlier = json.loads(changed.earlier_json)
            details = {"withdrawn": withdrawn, "active_version": changed.active_version, "reason": reason}
            self._audit.write(connection, "model_rolled_back", by, "model", model_id, details=details)
            return {
                "model_id": model_id,
                "active_version": changed.active_version,
                "previous_version": earlier[-1] if earlier else None,
            }

        return await self.write(work)

    async def set_flag(
        self, name: str, *, enabled: bool, percentage: float, model_id: str, version: str, by: Actor
    ) -> dict[str, Any]:
        """Create or change a flag."""

        def work(connection: Connection) -> dict[str, Any]:
            _usable_version(connection, model_id, version)
            values = {
                "enabled": enabled,
                "percentage": percentage,
                "model_id": model_id,
                "version": version,
                "updated_at": iso_exact(now()),
            }
            if connection.execute(update(flags).where(flags.c.name == name).values(values)).rowcount == 0:
                connection.execute(insert(flags).values(name=name, **values))
            details = {"enabled": enabled, "percentage": percentage, "model_id": model_id, "version": version}
            self._audit.write(connection, "flag_changed", by, "flag", name, details=details)
            return {"name": name, **values}

        return await self.write(work)

    async def flags(self, name: str | None = None) -> list[dict[str, Any]]:
        """Give the flags, or the one of a name."""
        query = select(flags).order_by(flags.c.name)
        query = query if name is None else query.where(flags.c.name == name)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [
            {
                "name": row.name,
                "enabled": bool(row.enabled),
                "percentage": row.percentage,
                "model_id": row.model_id,
                "version": row.version,
                "updated_at": row.updated_at,
            }
            for row in rows
        ]


def _usable_version(connection: Connection, model_id: str, version: str) -> None:
    found = _version(connection, model_id, version)
    if found is None:
        raise missing("model or version")
    if found.status == "rejected":
        raise conflict("This version was rejected for its quality.", "QUALITY_GATE")


usable_version = _usable_version


def _seed(connection: Connection) -> None:
    for model_id, description in SEEDED.items():
        if _model(connection, model_id) is None:
            _insert_model(connection, model_id, description, FIRST_VERSION)
            connection.execute(
                insert(versions).values(
                    model_id=model_id,
                    version=FIRST_VERSION,
                    status="active",
                    metrics_json=json.dumps({"accuracy": 0.9}),
                    description="The first version",
                    source="seeded",
                    created_at=iso_exact(now()),
                )
            )


def _read(connection: Connection) -> Snapshot:
    states: dict[str, ModelState] = {}
    flagged = connection.execute(select(flags).where(flags.c.enabled).order_by(flags.c.name)).all()
    running = connection.execute(select(experiments).where(experiments.c.status == "running")).all()
    canaries = connection.execute(select(deployments).where(deployments.c.status == "in_progress")).all()
    for row in connection.execute(select(models)).all():
        canary = next((each for each in canaries if each.model_id == row.model_id), None)
        trial = next((each for each in running if each.model_id == row.model_id), None)
        states[row.model_id] = ModelState(
            row.model_id,
            row.active_version,
            None if canary is None else Canary(canary.deployment_id, canary.version, canary.percentage),
            None
            if trial is None
            else RunningExperiment(trial.experiment_id, trial.control_version, trial.treatment_version, trial.split),
            tuple((each.name, each.percentage, each.version) for each in flagged if each.model_id == row.model_id),
        )
    return Snapshot(states)


def _model(connection: Connection, model_id: str) -> Any:
    return connection.execute(select(models).where(models.c.model_id == model_id)).first()


def _version(connection: Connection, model_id: str, version: str) -> Any:
    return connection.execute(
        select(versions).where(versions.c.model_id == model_id, versions.c.version == version)
    ).first()


def _deployment(connection: Connection, deployment_id: str) -> Any:
    return connection.execute(select(deployments).where(deployments.c.deployment_id == deployment_id)).first()


def _running(connection: Connection, deployment_id: str) -> Any:
    row = _deployment(connection, deployment_id)
    if row.status != "in_progress":
        raise conflict(f"This deployment is finished: {row.status}.", "DEPLOYMENT_FINISHED")
    return row


def _running_canary(connection: Connection, model_id: str) -> Any:
    return connection.execute(
        select(deployments).where(deployments.c.model_id == model_id, deployments.c.status == "in_progress")
    ).first()


def _insert_model(connection: Connection, model_id: str, description: str, active: str | None = None) -> None:
    at = iso_exact(now())
    connection.execute(
        insert(models).values(
            model_id=model_id,
            description=description,
            active_version=active,
            earlier_json="[]",
            created_at=at,
            updated_at=at,
        )
    )


def _insert_deployment(
    connection: Connection, model: Any, version: str, *, strategy: str, percentage: int, by: Actor
) -> dict[str, Any]:
    at, immediate = iso_exact(now()), strategy == "immediate"
    deployment_id = fresh_id()
    connection.execute(
        insert(deployments).values(
            deployment_id=deployment_id,
            model_id=model.model_id,
            version=version,
            previous_version=model.active_version,
            strategy=strategy,
            percentage=100 if immediate else percentage,
            status="success" if immediate else "in_progress",
            created_at=at,
            updated_at=at,
            created_by=by.user_id,
        )
    )
    return _shown_deployment(_deployment(connection, deployment_id))


def _activate(connection: Connection, model: Any, version: str) -> None:
    earlier = json.loads(model.earlier_json)
    if model.active_version is not None and model.active_version != version:
        earlier.append(model.active_version)
        _set_status(connection, model.model_id, model.active_version, "retired")
    _set_active(connection, model.model_id, version, earlier)


def _back_to(connection: Connection, model: Any, target: str | None, reason: str) -> None:
    earlier = json.loads(model.earlier_json)
    if target is not None and _version(connection, model.model_id, target) is None:
        raise missing("version")
    if not earlier or (target is not None and target not in earlier):
        raise conflict("There is nothing to go back to.", "NOTHING_TO_ROLL_BACK")
    canary = _running_canary(connection, model.model_id)
    if canary is not None:
        _withdraw(connection, canary, "rolled_back", reason)
    back = target or earlier[-1]
    del earlier[len(earlier) - 1 - earlier[::-1].index(back) :]
    _set_status(connection, model.model_id, model.active_version, "retired")
    _set_active(connection, model.model_id, back, earlier)


def _set_active(connection: Connection, model_id: str, version: str, earlier: list[str]) -> None:
    _set_status(connection, model_id, version, "active")
    connection.execute(
        update(models)
        .where(models.c.model_id == model_id)
        .values(active_version=version, earlier_json=json.dumps(earlier), updated_at=iso_exact(now()))
    )


def _withdraw(connection: Connection, row: Any, status: str, reason: str) -> None:
    _change(connection, row.deployment_id, status=status, reason=reason)
    model = _model(connection, row.model_id)
    if model.active_version != row.version:
        _set_status(connection, row.model_id, row.version, "retired")


def _change(connection: Connection, deployment_id: str, **values: Any) -> None:
    connection.execute(
        update(deployments)
        .where(deployments.c.deployment_id == deployment_id)
        .values(updated_at=iso_exact(now()), **values)
    )


def _set_status(connection: Connection, model_id: str, version: str, status: str) -> None:
    connection.execute(
        update(versions).where(versions.c.model_id == model_id, versions.c.version == version).values(status=status)
    )


def _shown_model(row: Any, canary: Any) -> dict[str, Any]:
    earlier = json.loads(row.earlier_json)
    return {
        "model_id": row.model_id,
        "description": row.description,
        "active_version": row.active_version,
        "previous_version": earlier[-1] if earlier else None,
        "canary": {"version": canary.version, "percentage": canary.percentage} if canary else None,
        "updated_at": row.updated_at,
    }


def _shown_version(row: Any) -> dict[str, Any]:
    return {
        "model_id": row.model_id,
        "version": row.version,
        "status": row.status,
        "metrics": json.loads(row.metrics_json),
        "description": row.description,
        "source": row.source,
        "created_at": row.created_at,
        "created_by": row.created_by,
    }


def _shown_deployment(row: Any) -> dict[str, Any]:
    return {
        "deployment_id": row.deployment_id,
        "model_id": row.model_id,
        "version": row.version,
        "previous_version": row.previous_version,
        "strategy": row.strategy,
        "percentage": row.percentage,
        "status": row.status,
        "reason": row.reason,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "created_by": row.created_by,
    }
