"""Somebody without a sign-in tries every service and both sockets."""

from dataclasses import dataclass

import personas
from countersign.expect.modelhub.access import Tried
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.description import read_description
from countersign.systems.knock import Knock
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.knocking import doors, knock

MADE_UP = "made-up-credential"
SHOWN = {"a stranger": "", "a stranger with a made-up sign-in": MADE_UP}


@dataclass(frozen=True)
class LockedOut:
    """What a stranger met at services that ask for a sign-in, at public ones, and at the sockets."""

    closed: list[Tried]
    public: list[Tried]
    knocks: list[Knock]


def tries_everything(user: HubUser) -> LockedOut:
    """Try every described service, and the sockets, without credentials and with made-up ones."""
    stranger = ModelHubApi(user.system, "a stranger", user.stage.recorder)
    user.stage.at_end(stranger.close, "closing the stranger's client")
    material = personas.material("modelhub_access")
    told = stranger.ask("GET", "//openapi.json").must_be(200).json()
    described = [(service.method, service.path) for service in read_description(told, user.system.name).services]
    closed: list[Tried] = []
    public: list[Tried] = []
    for who, token in SHOWN.items():
        for method, path in described:
            place = path.replace("{}", material["place"])
            body: dict[str, str] | None = None if method == "get" else {}
            answer = stranger.ask(method.upper(), f"/{place}", token=token, json=body)
            tried = Tried(who, f"asks for {method.upper()} {path}", answer)
            (public if path in material["public"] else closed).append(tried)
    for path in sorted(set(material["public"]) - {path for _, path in described}):
        # A description need not describe itself or the page.
        public.append(Tried("a stranger", f"asks for GET {path}", stranger.ask("GET", f"/{path}", token="")))
    return LockedOut(closed, public, _knocks(user))


def _knocks(user: HubUser) -> list[Knock]:
    return [
        knock(user.system, path, token, way=f"{who} at {called}", actor=user.name, recorder=user.stage.recorder)
        for called, path in doors(user.system).items()
        for who, token in SHOWN.items()
    ]
