"""Downloads that wait for each other because only one may go on at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.order import Queued, Word
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE
from countersign.transport import eventually

FIRST_LIMIT_MBPS = 16
"""The first download lasts about 3 s, so that the others have to wait."""
OVER_WITHIN = 40.0
QUEUED_WITHIN = 5.0


@dataclass(frozen=True)
class Spoken:
    """Words for priorities, each with the answer and the download right after it."""

    each: tuple[Word, ...]


def one_at_a_time(stage: Any) -> None:
    """Let only one download go on at a time."""
    hub_of(stage).admin.config.prefer(download_config={"max_concurrent_downloads": 1})


def starts_in_order(user: HubUser, rows: Sequence[Mapping[str, str]], raised: Mapping[str, str]) -> Queued:
    """Start the downloads of a table of models and priorities, raise some of those that wait, and see all through."""
    models = {model_of(row["model"]): row["model"] for row in rows}
    for number, row in enumerate(rows):
        more = {} if number else {"bandwidth_limit_mbps": FIRST_LIMIT_MBPS}
        user.api.downloads.start(model_of(row["model"]), priority=row["priority"], **more)
        if not number:
            eventually(lambda: _begun(user, rows[0]["model"]), QUEUED_WITHIN, every=0.05, what="the first to begin")
    for model, priority in raised.items():
        user.api.downloads.manage(model_of(model), "priority", priority=priority)
    found = user.api.downloads.all()
    places = {words: found[model_id].queue_position for model_id, words in models.items()}
    finished: list[str] = []
    busy: list[int] = []
    eventually(lambda: _looks(user, models, finished, busy), OVER_WITHIN, every=0.03, what="all downloads to be over")
    return Queued(places, tuple(finished), max(busy))


def speaks(user: HubUser, running: str, waiting: str) -> Spoken:
    """Start two downloads and give the waiting one a priority by each of the words there are."""
    words = personas.material("modelhub_downloads")["priorities"]
    model_id = model_of(waiting)
    user.api.downloads.start(model_of(running), bandwidth_limit_mbps=1)
    user.api.downloads.start(model_id)
    said = []
    for word, meant in words.items():
        answer = user.api.downloads.try_managing(model_id, "priority", priority=word)
        said.append(Word(word, meant, answer, user.api.downloads.progress(model_id)))
    return Spoken(tuple(said))


def _begun(user: HubUser, model: str) -> None:
    progress = user.api.downloads.progress(model_of(model))
    assert progress.status == "downloading", f"it is {progress.status}"


def _looks(user: HubUser, models: Mapping[str, str], finished: list[str], busy: list[int]) -> None:
    everything = user.api.downloads.all()
    told = {model_id: everything[model_id] for model_id in models}
    busy.append(sum(progress.status in {"downloading", "verifying"} for progress in told.values()))
    over = [name for name, progress in told.items() if progress.status not in ACTIVE and models[name] not in finished]
    finished.extend(models[name] for name in sorted(over, key=lambda name: str(told[name].raw.get("completed_at"))))
    assert len(finished) == len(models), f"{len(finished)} of {len(models)} are over"
