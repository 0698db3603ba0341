"""Ask what to do instead of a model: with every wish, whatever is installed, and again after every change."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.alternatives import Advice, ScoreTable, Situation
from countersign.journeys.modelhub.hub import model_of, models_of
from countersign.journeys.modelhub.upkeep import disk
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

WISHES: Mapping[str, Mapping[str, str]] = {
    "no wish": {},
    "high quality": {"quality": "high"},
    "fast": {"speed": "fast"},
    "large": {"resolution": "1920x1080"},
    "high and large": {"quality": "high", "resolution": "1920x1080"},
}
"""The wishes of the owner's table of scores."""

FOLLOWS_WITHIN = 2.0
INSTALLED_WITHIN = 15.0


@dataclass(frozen=True)
class Asked:
    """Everything that was advised."""

    advice: tuple[Advice, ...]


@dataclass(frozen=True)
class Repeated:
    """The answers to the same question, again and again."""

    answers: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Followed:
    """How long it took until the suggestions followed each change, in seconds."""

    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Situations:
    """The situations of the owner's table, each with what was advised in it."""

    seen: tuple[Situation, ...]


def table_of(rows: Iterable[Mapping[str, str]]) -> ScoreTable:
    """Read the owner's table of scores from a feature."""
    scores, times, images = {}, {}, {}
    for row in rows:
        pair = model_of(row["wanted"]), model_of(row["instead"])
        scores[pair] = {wish: float(row[wish]) for wish in WISHES}
        times[pair] = float(row["time"])
        images[pair[1]] = row["image"] == "yes"
    return ScoreTable(scores, times, images)


def asks_with_every_wish(user: HubUser, models: str) -> Asked:
    """Ask for each of three models with every wish, once for every combination of them that can be installed."""
    one, two, three = ids = tuple(models_of(models))
    # In this order one model comes or goes at a time.
    stores: Sequence[tuple[str, ...]] = ((), (one,), (one, two), (two,), (two, three), ids, (one, three), (three,))
    advice: list[Advice] = []
    for store in stores:
        user.hub.has_installed(store)
        advice += asks_for_each(user, ids, store)
    return Asked(tuple(advice))


def asks_for_each(user: HubUser, models: Iterable[str], installed: Iterable[str]) -> list[Advice]:
    """Ask for each model with every wish."""
    there = frozenset(installed)
    return [
        Advice(asked, wish, there, user.api.fallback.suggest(asked, **details))
        for asked in models
        for wish, details in WISHES.items()
    ]


def asks_again(user: HubUser, model: str, count: int) -> Repeated:
    """Ask the same question so many times."""
    return Repeated(tuple(user.api.fallback.suggest(model_of(model)) for _ in range(count)))


def follows_changes(user: HubUser, model: str, candidate: str) -> Followed:
    """Install, delete, install again and damage a candidate, and ask for another model after each change."""
    user.stage.need("model-files")
    hub, asked, name = user.hub, model_of(model), model_of(candidate)
    hub.leaves_damage_alone()

    def installs() -> None:
        user.api.downloads.start(name)
        eventually(lambda: _completed(user, name), INSTALLED_WITHIN, what="the download to end")

    changes: Mapping[str, tuple[Callable[[], object], bool]] = {
        "it was installed": (installs, True),
        "it was deleted": (lambda: hub.admin.caring.try_delete(name).must_be(200), False),
        "it was installed again": (installs, True),
        "it was damaged": (lambda: disk.damage(hub, name), False),
    }
    seconds = {}
    for what, (change, there) in changes.items():
        before = f"{name} {'not to be suggested' if there else 'to be suggested'} before {what}"
        eventually(lambda due=not there: _suggests(user, asked, name, due), FOLLOWS_WITHIN, what=before)  # type: ignore[misc]
        change()
        since = time.monotonic()
        words = f"{name} {'to be suggested' if there else 'not to be suggested any more'} after {what}"
        eventually(lambda due=there: _suggests(user, asked, name, due), FOLLOWS_WITHIN, what=words)  # type: ignore[misc]
        seconds[what] = time.monotonic() - since
    return Followed(seconds)


def with_one_blocked(user: HubUser, model: str, models: str, by: str) -> Asked:
    """Have a model blocked by the user's own wish, or by a policy, and ask for each with every wish."""
    blocked, ids = model_of(model), models_of(models)
    if by == "own wish":
        user.api.config.prefer(blocked_models=[blocked])
    else:
        user.hub.admin.config.try_policies({"blocked_model_patterns": [blocked]}).must_be(200)
    eventually(lambda: _suggests_nowhere(user, ids, blocked), FOLLOWS_WITHIN, what=f"{blocked} to be blocked")
    return Asked(tuple(asks_for_each(user, ids, ids)))


def advised_in(user: HubUser, rows: Iterable[Mapping[str, str]]) -> Situations:
    """Bring each situation of the owner's table about, and ask what to do."""
    seen = []
    for row in rows:
        there = [] if row["installed"] == "none" else models_of(row["installed"])
        user.hub.has_installed(there)
        asked = model_of(row["wanted"])
        instead = "none" if row["instead"] == "none" else model_of(row["instead"])
        told = user.api.fallback.suggest(asked)["fallback_strategy"]
        seen.append(Situation(row["installed"], asked, {**dict(row.items()), "instead": instead}, told))
    return Situations(tuple(seen))


def _suggests(user: HubUser, asked: str, name: str, due: bool) -> None:
    suggested = [each["suggested_model"] for each in user.api.fallback.suggest(asked)["suggestions"]]
    assert (name in suggested) is due, f"suggested are {', '.join(suggested) or 'none'}"


def _suggests_nowhere(user: HubUser, models: Iterable[str], name: str) -> None:
    for asked in models:
        _suggests(user, asked, name, False)


def _completed(user: HubUser, name: str) -> None:
    now = user.api.downloads.progress(name).status
    assert now == "completed", f"it is {now}"
