"""Somebody shows every kind of credentials but good ones, stays too long, or guesses passwords."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import personas
from countersign.expect.credentials import Shown
from countersign.expect.modelhub.credentials import FalseCredential
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.access.signing_in import SERVICE, client_of, refreshes
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.forging import altered_token, forged_tokens, parts_of
from countersign.systems.knock import Knock
from countersign.systems.modelhub.knocking import doors, knock
from countersign.transport import eventually
from countersign.transport.answer import Answer

INVALID, MISSING = ("invalid",), ("missing", "invalid")
SHORT_LIFE_SECONDS, LATER_DAYS, KEY_DAYS = 2, 3, 2
OVER_WITHIN, WELL_AGAIN_WITHIN = 5.0, 20.0
FAILURES = 10


@dataclass(frozen=True)
class FalseWays:
    """What false credentials met at services and at live lines, and what the good ones met."""

    shown: list[FalseCredential]
    knocks: list[Knock]
    good: list[Shown]

    @property
    def services(self) -> set[str]:
        """The services that were tried with false access credentials."""
        return {each.answer.what for each in self.shown if "/auth/refresh" not in each.answer.what}


def shows_false_credentials(user: HubUser) -> FalseWays:
    """Show every kind of false credentials of a user on the services of the material and at every live line."""
    api, token = user.api, user.api.token
    shown, good = [], []
    for service in personas.material("modelhub_door")["services"]:
        method, path = service.split(" ", 1)
        if method == "GET":
            good.append(Shown("the good token", api.ask("GET", path)))
        body: dict[str, str] | None = None if method == "GET" else {}
        for what, (header, causes) in _headers(user).items():
            answer = api.ask(method, path, token="", headers=header, json=body)
            shown.append(FalseCredential(what, answer, causes))
    shown.append(FalseCredential("an access token in place of a refresh token", refreshes(api, token), INVALID))
    return FalseWays(shown, list(_knocks(user)), good)


def _tokens(user: HubUser) -> dict[str, str]:
    keys = {
        f"the placeholder key {key!r}": key.encode() for key in personas.material("modelhub_door")["placeholder_keys"]
    }
    token = user.api.token
    admin = str(parts_of(user.hub.admin.token)[1]["sub"])
    forged = forged_tokens(token, admin, {**keys, "an empty key": b""})
    forged["a token altered to last for ever"] = altered_token(token, exp=int(time.time()) + 10**9)
    for each in forged.values():
        user.stage.recorder.redactor.register(each, "forged token")
    false_key = f"wan_{'x' * 40}"
    return {
        "junk": "not-a-token-at-all",
        "a key nobody made": false_key,
        "a refresh token": user.api.refresh_token,
        **forged,
    }


def _headers(user: HubUser) -> dict[str, tuple[Mapping[str, str], tuple[str, ...]]]:
    token = user.api.token
    false = {what: ({"Authorization": f"Bearer {each}"}, INVALID) for what, each in _tokens(user).items()}
    others = {
        "no credentials": {},
        "an empty token": {"Authorization": "Bearer"},
        "a good token under the scheme Basic": {"Authorization": f"Basic {token}"},
        "a good token without a scheme": {"Authorization": token},
    }
    return {**false, **{what: (header, MISSING) for what, header in others.items()}}


def _knocks(user: HubUser) -> Iterator[Knock]:
    """Knock at each live line with every false token, until one of them is let in there."""
    for called, path in doors(user.system).items():
        for what, token in _tokens(user).items():
            way = f"{what} at {called}"
            met = knock(user.system, path, token, way=way, actor=user.name, recorder=user.stage.recorder)
            yield met
            if not met.refused:
                break


@dataclass(frozen=True)
class Outstayed:
    """What credentials opened while their time lasted, and what they met when it was over."""

    before: list[Shown]
    after: list[FalseCredential]
    knocks: list[Knock]
    renewed: list[Shown]


def outstays(user: HubUser) -> Outstayed:
    """Stay longer than a sign-in and a key last, with a hub that gives out short sign-ins some days later."""
    user.stage.need("process-control")
    control, api = user.system.control, client_of(user)
    assert control is not None
    account = user.hub.enrols(user.persona.card.user_name)
    api.sign_in(*account)
    made = api.ask("POST", "/auth/api-keys", json={"name": "short", "expires_in_days": KEY_DAYS}).must_be(200, 201)
    key = str(made.json()["api_key"])
    user.stage.recorder.redactor.register(key, "API key")
    before = [Shown("a key of which the time is not over", api.ask("GET", SERVICE, token=key))]
    settings = {
        "MODELHUB_ACCESS_TOKEN_SECONDS": SHORT_LIFE_SECONDS,
        "MODELHUB_CLOCK_OFFSET_DAYS": LATER_DAYS,
    }
    with rolled_back(control, api.health, within=WELL_AGAIN_WITHIN):
        control.process("api").restart(settings)
        api.sign_in(*account)
        token = api.token
        before.append(Shown("a short sign-in at its beginning", api.ask("GET", SERVICE)))
        eventually(lambda: _is_over(api.ask("GET", SERVICE)), OVER_WITHIN, every=0.2, what="the short sign-in to end")
        expired = ("expired",)
        after = [
            FalseCredential("a sign-in of which the time is over", api.ask("GET", SERVICE), expired),
            FalseCredential("a key of which the time is over", api.ask("GET", SERVICE, token=key), expired),
        ]
        knocks = [
            knock(
                user.system, path, token, way=f"an expired sign-in at {called}", actor=user.name, recorder=api.recorder
            )
            for called, path in doors(user.system).items()
        ]
        renewed = [Shown("the refresh token of the short sign-in", refreshes(api, api.refresh_token))]
    return Outstayed(before, after, knocks, renewed)


def _is_over(answer: Answer) -> None:
    assert answer.status == 401, f"it was answered with {answer.status}"


@dataclass(frozen=True)
class Guesses:
    """The first wrong guesses, those after them, and the right password when it was too late."""

    first: list[FalseCredential]
    held_up: list[Answer]


def guesses(user: HubUser, count: int) -> Guesses:
    """Guess so many passwords by name and by address in turn, then show the right one."""
    username, password = user.hub.enrols(user.persona.card.user_name)
    api = client_of(user)
    names = (username, f"{username}@example.org", username.upper())
    answers = [api.try_sign_in(names[number % len(names)], f"Wrong-{number}-guess") for number in range(count)]
    answers.append(api.try_sign_in(username, password))
    first = [
        FalseCredential(f"wrong guess {number}", each, ("wrong", "invalid"))
        for number, each in enumerate(answers[:FAILURES], 1)
    ]
    return Guesses(first, answers[FAILURES:])
