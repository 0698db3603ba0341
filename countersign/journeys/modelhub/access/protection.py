"""How answers protect whoever reads them, and what foreign websites get with somebody's browser."""

from dataclasses import dataclass

import personas
from countersign.expect.safe_answers import Protected
from countersign.expect.trespass import CrossSite
from countersign.journeys.foreign_website import asks_from
from countersign.journeys.modelhub.access.signing_in import client_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport.answer import Answer

NAMES = "authorization,content-type"


@dataclass(frozen=True)
class Visited:
    """What foreign websites were told, and the hub's own answers with the protection they owe."""

    foreign: list[CrossSite]
    protected: list[Protected]


def visits_foreign_websites(user: HubUser) -> Visited:
    """Let foreign websites ask with the person's browser, then look at answers of every kind."""
    material = personas.material("modelhub_access")["foreign"]
    asks = [place.split(" ", 1) for place in material["places"]]
    places = [(method, path) for method, path in asks]
    foreign = [
        answer for origin in material["websites"] for answer in asks_from(user.api.ask, origin, places, names=NAMES)
    ]
    return Visited(foreign, [Protected(answer, framed=True) for answer in _answers(user)] + _pages(user))


def _answers(user: HubUser) -> list[Answer]:
    api, stranger = user.api, client_of(user)
    return [
        api.ask("GET", "/models/status"),
        api.ask("GET", "/queue"),
        api.ask("GET", "//health"),
        api.ask("GET", "//openapi.json"),
        stranger.ask("GET", "/models/status"),
        stranger.ask("POST", "/auth/register", json={}),
        api.ask("POST", "/recovery/reset"),
        api.ask("GET", "/models/status/no-such-model"),
        api.ask("GET", "//no/such/address"),
        api.ask("DELETE", "/models/status"),
        api.ask("POST", "/models/fallback/suggest", json={}),
        api.ask("POST", "/models/fallback/suggest", content="x" * 1_100_000),
        api.downloads.try_managing("t2v-A14B", "resume"),
    ]


def _pages(user: HubUser) -> list[Protected]:
    if "model-page" not in user.system.capabilities:
        user.stage.recorder.say("not looked at: the page, which the target does not have")
        return []
    return [Protected(user.api.ask("GET", "//manage", token=""), page=True, framed=True)]
