"""Publish newer, older and unfinished versions, and listen to what the hub offers."""

import time
from collections.abc import Mapping
from contextlib import suppress

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.updates import NEVER, Offered
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import VERSION, installed
from countersign.journeys.modelhub.updates.update_talk import update_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import Frame
from countersign.transport.deadline import Deadline

SIZE_MB = 0.05
TOLD_WITHIN = 15.0


def publishes_after(user: HubUser, rows: list[Mapping[str, str]]) -> list[Offered]:
    """Publish a version for each row behind an installed model of its own, ask nothing, and listen for 15 seconds.

    A row has the columns: published (a version, "urgent" behind it if it is), offered as.
    """
    hub = hub_of(user.stage)
    user.stage.need("topic-events")
    names = installed(hub, [SIZE_MB] * len(rows))
    line = user.listens("model_status")
    line.frames.clear()
    began = time.monotonic()
    for name, row in zip(names, rows, strict=True):
        version, _, urgent = row["published"].partition(" ")
        notes = f"What is new in {version}"
        hub.source.publishes(name, version, size_mb=SIZE_MB, urgent=bool(urgent), release_notes=notes)
    wanted = {name for name, row in zip(names, rows, strict=True) if row["offered as"] != NEVER}
    deadline = Deadline(TOLD_WITHIN, "modelhub: to be told of updates")
    with suppress(DeadlineExceeded):
        while wanted - {name for name in names if _notice(line.frames, name)}:
            line.next_frame(deadline)
    found = []
    for name, row in zip(names, rows, strict=True):
        frame = _notice(line.frames, name)
        found.append(
            Offered(
                row["published"],
                row["offered as"],
                frame.data if frame else None,
                frame.arrived - began if frame else None,
                update_of(hub, name),
                user.api.models.status(name),
                VERSION,
            )
        )
    return found


def _notice(frames: list[Frame], name: str) -> Frame | None:
    return next((frame for frame in frames if frame.says("model_update_notification", model_id=name)), None)
