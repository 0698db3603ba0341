"""What two users set for themselves and an administrator for all: kept apart, and kept through a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.settings import InForce, Kept
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.upkeep.start_up import EVERYTHING
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.settings import laid_over
from countersign.transport.answer import Answer

REFUSED_BY_RULE, SWITCHED_OFF = "POLICY", "FEATURE_OFF"
NO_MOCK = (403, 409)
"""How a mock result is refused: by rule, or because the model is not there."""


@dataclass(frozen=True)
class SetByThree:
    """What each of three people has to find afterwards, and what the two users were told who tried what is for all."""

    people: tuple[HubUser, HubUser, PowerUser]
    due: Mapping[str, Mapping[str, Any]]
    refused: tuple[tuple[str, Answer], ...] = ()

    @property
    def kept(self) -> list[Kept]:
        """The settings of all three as they have to be and as they are now."""
        return [Kept(f"{each.name}'s settings", self.due[each.name], _settings(each)) for each in self.people]


@dataclass(frozen=True)
class SetForAll:
    """The policies and switches as they have to be."""

    policies: Mapping[str, Any]
    switches: Mapping[str, bool]

    def kept(self, stage: Any) -> list[Kept]:
        """Give both as they have to be and as they are now."""
        config = hub_of(stage).admin.config
        return [
            Kept("the policies", self.policies, config.policies()["policies"]),
            Kept("the switches", self.switches, config.flags()["flags"]),
        ]


def sets_own(people: tuple[HubUser, HubUser, PowerUser]) -> SetByThree:
    """Have two users set what is their own, section by section, the first before the administrator's for all and the
    second after it."""
    one, other, admin = people
    told = personas.material("modelhub_settings")
    own = dict(zip((one.name, other.name), told["own"], strict=True))
    due = {each.name: laid_over(_settings(each), own.get(each.name, {})) for each in people}
    _prefers(one, own[one.name])
    _prefers(admin, told["for_all"])
    _prefers(other, own[other.name])
    return SetByThree(people, {name: laid_over(each, told["for_all"]) for name, each in due.items()})


def tries_for_all(made: SetByThree) -> SetByThree:
    """Have both users try to set each thing that holds for all."""
    told = personas.material("modelhub_settings")["for_all"]
    refused = [
        (f"{section} by {user.name}", user.api.config.try_preferring({section: values}))
        for user in made.people[:2]
        for section, values in told.items()
    ]
    return SetByThree(made.people, made.due, tuple(refused))


def sets_for_all(admin: PowerUser) -> SetForAll:
    """Set the policies, and switch one feature off."""
    told, config = personas.material("modelhub_settings"), admin.api.config
    policies = laid_over(config.policies()["policies"], told["policies"])
    switches = {**config.flags()["flags"], told["switched_off"]: False}
    config.try_policies(told["policies"]).must_be(200)
    config.try_flag(told["switched_off"], False).must_be(200)
    return SetForAll(policies, switches)


def started_again(stage: Any) -> None:
    """Stop every part of the hub, and start it."""
    stage.need("process-control")
    hub = hub_of(stage)
    with rolled_back(stage.system("modelhub").control, hub.admin.health) as control:
        control.process(EVERYTHING).stop()
        control.process(EVERYTHING).start()


def in_force(made: SetByThree) -> list[InForce]:
    """See what the settings of the two users, those for all, the policies and the switch decide."""
    one, other, _ = made.people
    told = personas.material("modelhub_settings")
    text, image, fast = (model_of(words) for words in ("the text model", "the image model", "the fast model"))
    mock = one.api.generation.try_submitting(text, personas.material("modelhub")["prompts"]["plain"], allow_mock=True)
    started = one.api.downloads.try_managing(text, "start", bandwidth_limit_mbps=1)
    retries = one.api.downloads.progress(text).raw.get("max_retries") if started.status == 202 else _code(started)
    one.hub.cancels_transfers()
    found = [
        InForce(f"{one.name}'s number of retries", told["own"][0]["download_config"]["max_retries"], retries),
        InForce(f"{one.name}'s wish for no mock results", True, mock.status in NO_MOCK),
        InForce(f"{other.name}'s blocked model", REFUSED_BY_RULE, _code(_starts(other, image))),
        InForce("the policy that bars names", REFUSED_BY_RULE, _code(_starts(one, fast))),
        InForce("the switch", SWITCHED_OFF, _code(one.api.fallback.try_suggesting({"requested_model": text}))),
    ]
    if "storage" in one.system.capabilities:
        space = one.api.models.get("models/storage")["storage_summary"]["total_capacity_gb"]
        found.append(InForce("the space for all models", told["for_all"]["storage_config"]["max_storage_gb"], space))
    return found


def _starts(user: HubUser, model_id: str) -> Answer:
    answer = user.api.downloads.try_managing(model_id, "start", bandwidth_limit_mbps=1)
    user.hub.cancels_transfers()
    return answer


def _prefers(user: HubUser, sections: Mapping[str, Any]) -> None:
    for section, values in sections.items():
        user.api.config.prefer(**{section: values})


def _settings(user: HubUser) -> Mapping[str, Any]:
    return user.api.config.preferences()


def _code(answer: Answer) -> str:
    return str(answer.json().get("code", f"answered {answer.status}"))
