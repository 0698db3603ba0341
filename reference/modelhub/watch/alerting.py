"""Watch for what everybody should be told: changes of availability, and troubles as they begin and end (contract 9)."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from reference.common.clock import iso, now
from reference.modelhub import tables
from reference.modelhub.models.showing import ALMOST_FULL
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

alerts = tables.alerts


class StatusWatch:
    """Compares the view with the one before."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._before: dict[str, str] = {}

    async def look(self) -> None:
        """Tell what changed since the last look. Raises DatabaseUnavailable."""
        view = await self._parts.viewer.view()
        await self._parts.recovery.end_mock_mode()
        states = {name: model.availability for name, model in view.models.items()}
        changed = [name for name, state in states.items() if self._before.get(name) != state]
        if changed and self._before:
            before = dict(self._before)
            await self._parts.ledger.change(lambda change: self._tell(change, view, changed, before))
        self._before = states
        wanted = self.troubles(view)
        known = await self._parts.ledger.look(
            lambda connection: {row.key: row for row in connection.execute(select(alerts))}
        )
        if {key: each[1] for key, each in wanted.items()} != {key: row.severity for key, row in known.items()}:
            await self._parts.ledger.change(lambda change: self._alert(change, wanted))

    def troubles(self, view: HubView) -> dict[str, tuple[str, str, str]]:
        """Give what is wrong now: key -> (alert type, severity, sentence)."""
        found: dict[str, tuple[str, str, str]] = {}
        for name, state in self._parts.components.states.items():
            if state == "down" and name not in ("source", "api"):
                found[f"component {name}"] = ("component_down", "high", f"The part {name} is down.")
        if not view.source_reachable:
            sentence = "The source of models cannot be reached. Installed models keep working."
            found["source"] = ("source_unreachable", "medium", sentence)
        for warning in self._parts.health_shower.storage(view):
            severity = "critical" if view.usage_percent > ALMOST_FULL else "medium"
            found["storage"] = ("storage_low", severity, warning["message"])
        for name, model in view.models.items():
            if model.installed and model.health.status == "corrupted":
                found[f"corruption {name}"] = ("corruption", "high", f"{name} is damaged.")
            row = model.transfer
            if row is not None and row.status == "failed":
                kind = {"repair": "repair_failed", "update": "update_failed"}.get(row.kind, "download_failed")
                found[f"{kind} {name}"] = (kind, "high", f"{name}: {row.error}")
        return found

    def _tell(self, change: Change, view: HubView, changed: list[str], before: dict[str, str]) -> None:
        for name in changed:
            model = view.models[name]
            shown = self._parts.shower.detailed(view, model)
            reason = model.active.kind if model.active is not None else model.health.status
            data = {
                "model_id": name,
                "old_availability": before.get(name, "unknown"),
                "new_availability": model.availability,
                "reason": reason,
            }
            change.emit("model_status", "model_availability_change", data)
            change.emit("model_status", "model_status_update", shown)

    def _alert(self, change: Change, wanted: dict[str, tuple[str, str, str]]) -> None:
        known = {row.key: row for row in change.connection.execute(select(alerts))}
        for key, (kind, severity, message) in wanted.items():
            if key in known and known[key].severity == severity:
                continue
            change.connection.execute(delete(alerts).where(alerts.c.key == key))
            row: dict[str, Any] = {"key": key, "alert_type": kind, "severity": severity, "began_at": iso(now())}
            change.connection.execute(insert(alerts).values(row))
            change.emit("alerts", "alert", {"alert_type": kind, "message": message, "severity": severity})
        for key, old in known.items():
            if key not in wanted:
                change.connection.execute(delete(alerts).where(alerts.c.key == key))
                data = {"alert_type": old.alert_type, "message": f"Over: {key}.", "severity": "info"}
                change.emit("alerts", "alert", data)
