"""Ask every place of the hub about one model, in several spellings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.generation import Ended
from countersign.expect.modelhub.verdicts import NOT_READY, READY, UNKNOWN, Said
from countersign.journeys.modelhub.generation import generating
from countersign.journeys.modelhub.hub import USABLE, Hub, model_of
from countersign.journeys.modelhub.upkeep import disk
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually
from countersign.transport.answer import Answer

SEEN_WITHIN = 2.0


@dataclass(frozen=True)
class Subject:
    """A model in a state: its id, and another one that is asked for to see whether this one is suggested."""

    model_id: str
    other_id: str


@dataclass(frozen=True)
class Opinion:
    """What every place says of a model."""

    model_id: str
    said: tuple[Said, ...]
    ends: tuple[Ended, ...]


def brought_about(hub: Hub, state: str, model: str, other: str) -> Subject:
    """Bring a state about: "ready", "missing", "damaged", "put there by hand" or "never heard of"."""
    model_id = model_of(model)
    named = personas.material("modelhub_fallback")
    if state == "put there by hand":
        model_id = named["local_model"]
    if state == "never heard of":
        model_id = named["unknown_model"]
    hub.has_installed([model_id] if state in ("ready", "damaged") else [])
    if state == "damaged":
        hub.stage.need("model-files")
        disk.damage(hub, model_id)
        hub.admin.caring.verify(model_id)
    if state == "put there by hand":
        hub.stage.need("model-files")
        disk.place_by_hand(hub, model_id)
        eventually(lambda: _is_known(hub, model_id), SEEN_WITHIN, what="the model to be noticed")
        hub.admin.caring.verify(model_id)
    return Subject(model_id, model_of(other))


def asks_everywhere(user: HubUser, subject: Subject) -> Opinion:
    """Ask every place in three spellings; where it is ready, wait for the generation that shows it."""
    said: list[Said] = []
    taken: list[str] = []
    for asked in (subject.model_id, subject.model_id.upper(), subject.model_id.lower()):
        said += list(_of_lists(user, subject.model_id, asked))
        said += list(_of_routes(user, asked))
        said.append(_as_alternative(user, subject, asked))
        answer = user.api.generation.try_submitting(asked, generating.plain(user))
        said.append(_read("the generation", asked, answer, lambda told: True, ("parameters", "model_type")))
        if answer.status == 200:
            taken.append(answer.json()["task_id"])
    ends = tuple(Ended("plain", generating.ended(user, name), 0, 0, None) for name in taken)
    return Opinion(subject.model_id, tuple(said), ends)


def _is_known(hub: Hub, model_id: str) -> None:
    assert model_id in hub.admin.models.statuses(), "it is in no list"


def _of_lists(user: HubUser, model_id: str, asked: str) -> Iterator[Said]:
    lists: Mapping[str, Callable[[Any], bool]] = {
        "models/status": lambda each: each["is_available"] and each["status"] == "available",
        "models/status/detailed": lambda each: each["is_available"] and "generate" in each["available_actions"],
        "models/health": lambda each: each["health_status"] in USABLE,
    }
    names = {"models/status": "the list", "models/status/detailed": "the detailed list", "models/health": "the health"}
    for path, ready in lists.items():
        told = user.api.models.get(path)
        models = told["model_health" if path == "models/health" else "models"]
        found = [name for name in models if name.lower() == model_id.lower()]
        verdict = UNKNOWN if not found else READY if ready(models[found[0]]) else NOT_READY
        yield Said(names[path], asked, verdict, found[0] if found else "")


def _of_routes(user: HubUser, asked: str) -> Iterator[Said]:
    ask = user.api.ask
    status = user.api.models.try_basic(asked)
    yield _read("the status", asked, status, lambda told: bool(told["is_available"] and told["is_valid"]))
    for name in ("verify", "validate"):
        answer = ask("POST", f"/models/{name}/{asked}")
        yield _read(f"the {name} answer", asked, answer, lambda told: bool(told["is_valid"]))
    answer = user.api.fallback.try_suggesting({"requested_model": asked})
    use = "use_requested"
    place = ("requested_model",)
    yield _read("the advice", asked, answer, lambda told: told["fallback_strategy"]["strategy_type"] == use, place)


def _as_alternative(user: HubUser, subject: Subject, asked: str) -> Said:
    """Say whether the model is suggested in place of the other one; an unknown one is not, as it has to be."""
    suggestions = user.api.fallback.suggest(subject.other_id)["suggestions"]
    found = [each["suggested_model"] for each in suggestions]
    mine = [name for name in found if name.lower() == subject.model_id.lower()]
    known = user.api.models.try_basic(subject.model_id).status == 200
    verdict = READY if mine else NOT_READY if known else UNKNOWN
    return Said("the list of alternatives", asked, verdict, mine[0] if mine else "")


def _read(
    place: str,
    asked: str,
    answer: Answer,
    ready: Callable[[Any], bool],
    spelling: tuple[str, ...] = ("model_type",),
) -> Said:
    answer.must_be(200, 404, 409)
    if answer.status == 404:
        return Said(place, asked, UNKNOWN, "")
    told = answer.json()
    if answer.status == 409:
        return Said(place, asked, NOT_READY, told["fallback"]["requested_model"])
    named: Any = told
    for name in spelling:
        named = named[name]
    return Said(place, asked, READY if ready(told) else NOT_READY, str(named))
