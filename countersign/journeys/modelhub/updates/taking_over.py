"""An approved update under way while somebody generates every second, as seen from outside."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.updates import Look, Order, TakeOver
from countersign.journeys.modelhub.generation.runs import ended
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import VERSION, installed
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.updates.update_talk import offers, update_over
from countersign.journeys.modelhub.updates.versions_on_disk import checksums, lies_beside, version_in_use
from countersign.journeys.modelhub.user import HubUser
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace

SIZE_MB = 2.0
SLOW_MBPS = 4.0
NEW = "2.1.0"
CHANGED = ("config.json", "diffusion-00001.safetensors", "diffusion-00002.safetensors")
WITHIN = 40.0
LOOK_EVERY = 0.1


def takes_over(approver: PowerUser, user: HubUser) -> TakeOver:
    """Approve an update that takes some seconds, while a user generates every second and somebody looks on."""
    hub = hub_of(approver.stage)
    approver.stage.need("model-files")
    [name] = installed(hub, [SIZE_MB])
    offers(hub, name, NEW, size_mb=SIZE_MB, changed_files=list(CHANGED))
    files = {"old": checksums(hub, name, VERSION), "new": checksums(hub, name, NEW)}
    hub.source.counts_anew()
    hub.source.fails("slow", model_id=name, value=SLOW_MBPS)
    looker = HubUser(user.stage, user.persona, "-looks")
    looker.api.models.basic(name)
    onlookers: list[Callable[[GoingOn], Any]] = [partial(_looks, looker, name, files), partial(_generates, user, name)]
    status, [looks, orders] = meanwhile(partial(_updates, approver, name), onlookers, within=WITHIN)
    fetched = [
        key.split("/")[-1] for key, sent in hub.source.stats()["files"].items() if name in key and sent["requests"]
    ]
    return TakeOver(VERSION, NEW, looks.get(), orders.get(), fetched, CHANGED, status)


def _updates(approver: PowerUser, name: str) -> str:
    approver.api.caring.approve_update(name)
    try:
        status: str = update_over(approver.hub, name)["status"]
    except DeadlineExceeded as late:
        return f"not over ({late})"
    return status


def _looks(looker: HubUser, name: str, files: Mapping[str, Mapping[str, str]], going_on: GoingOn) -> list[Look]:
    pace, looks = Pace(LOOK_EVERY), list[Look]()
    more = True
    while more:
        more = going_on()  # one look more is taken when it is over
        status = looker.api.models.status(name)
        folder = looker.hub.models_folder
        # The folders are exchanged in a moment: who reads in that very moment reads again.
        in_use = version_in_use(folder / name, files) or version_in_use(folder / name, files)
        looks.append(Look(status.current_version, status.is_available, in_use, lies_beside(folder, name)))
        pace.wait()
    return looks


def _generates(user: HubUser, name: str, going_on: GoingOn) -> list[Order]:
    pace, ordered = Pace(1.0), list[tuple[str | None, str | None]]()
    more = True
    while more:
        pace.wait()
        more = going_on()
        version = user.api.models.status(name).current_version
        answer = user.api.generation.try_submitting(name, "A paper boat crosses a pond")
        ordered.append((version, str(answer.json()["task_id"]) if answer.status == 200 else None))
    tasks = {task.id: task for task in ended(user.api, [task_id for _, task_id in ordered if task_id])}
    return [Order(version, tasks.get(task_id or "")) for version, task_id in ordered]
