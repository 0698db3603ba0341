"""What the system gives away: the answer key before the answer, the customer's later lines, places on its disk."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import yaml

import personas
from countersign.errors import CapabilityMissing
from countersign.expect.traces import Place, Trace
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.target.live import LiveSystem
from countersign.transport.answer import Answer

SHORTEST_LINE = 25
"""Characters of a customer's line that is told apart from a phrase anybody may use."""


@dataclass(frozen=True)
class Collected:
    """What somebody collected of a system."""

    system: LiveSystem
    places: list[Place]


def trains_everything(trainee: Trainee) -> None:
    """Train every training of the material to its end, so that all lines of the customer are known."""
    for training in personas.material("chattrain")["trainings"]:
        trainee.trains(training)


def everything_open_to(trainee: Trainee) -> Collected:
    """Open every training and read all that a trainee can get before the first answer: routes and first frames."""
    places = [_place(answer) for answer in _answers_open_to_all(trainee.api)]
    for training in personas.material("chattrain")["trainings"]:
        opened = trainee.opens(training)
        text_id, session = opened.scenario.text_id, opened.session
        places.append(Place(f"the session opened for {training}", json.dumps(session.raw, ensure_ascii=False)))
        opened.chat.info()
        places += [Place(f"the chat of {training} ({frame.type})", _json(frame.data)) for frame in opened.chat.frames]
        places += [_place(trainee.api.try_read(session.id, session.token, part)) for part in ("", "/messages")]
        for document in trainee.api.documents(text_id):
            places.append(_place(trainee.api.open_document(document)))
            places.append(_place(trainee.api.ask("GET", f"{document.url}/content")))
        places.append(_place(trainee.api.ask("GET", f"/api/documents/{text_id}/scenario.yaml")))
    return Collected(trainee.system, places)


def answer_key(trained: Trainee) -> list[Trace]:
    """What a trainee may not have in advance: the key under its names, the keywords in a row, the later lines.

    The later lines are the replies that somebody got who trained before, and, where the suite owns the content of the
    system, all of its lines but the opening ones.
    """
    traces = _traces("answer_key")
    for training, entry in personas.material("chattrain")["trainings"].items():
        for number, keywords in enumerate(entry["keywords"], 1):
            in_a_row = r"\W{1,8}".join(rf"\b{keyword}\b" for keyword in keywords)
            traces.append(Trace.like(f"all keywords of step {number} of {training}", in_a_row))
    for training in trained.trainings:
        for number, exchange in enumerate(training.exchanges, 1):
            if not exchange.is_fallback and len(exchange.reply) >= SHORTEST_LINE:
                name = f"the customer's reply to line {number} of {training.scenario.title}"
                traces.append(Trace.of(name, exchange.reply))
    return traces + _lines_of_the_content(trained)


def _lines_of_the_content(trained: Trainee) -> list[Trace]:
    control = trained.system.control
    try:
        trained.stage.need("process-control")
        assert control is not None
        files = sorted(control.work.content.glob("*/scenario.yaml"))
    except CapabilityMissing as missing:
        trained.stage.recorder.say(f"not done: lines were not taken from the content of the system: {missing}")
        return []
    traces = []
    for path in files:
        content: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        later = [line["content"] for line in content.get("bot_messages", [])[1:]] + content.get("follow_ups", [])
        traces += [
            Trace.of(f"a later line ({number}) of the customer of {content['id']}", line)
            for number, line in enumerate(later, 2)
        ]
    return traces


def every_answer(trainee: Trainee) -> Collected:
    """Ask for everything, also with bad input, without a key and, where the suite has it, with the operator's key.

    Gives the answers that are text. An echo of the address that was asked for is taken out: it is no place of the
    server's.
    """
    api, material = trainee.api, personas.material("chattrain_trespassing")
    opened = trainee.opens("customer service")
    opened.say(personas.material("chattrain")["lines"]["polite"])
    session = opened.session
    answers = _answers_open_to_all(api)
    answers += [api.try_read(session.id, session.token, part) for part in ("", "/messages")]
    answers += [api.content(place["method"], place["path"], key="") for place in material["maintenance"]]
    if "content-admin" in trainee.system.capabilities and trainee.system.operator_key:
        answers += [api.content(place["method"], place["path"]) for place in material["maintenance"]]
    else:
        trainee.stage.recorder.say("not done: maintenance was not called with the operator's key, there is none here")
    answers += [bad_request(api, wish) for wish in material["bad_requests"]]
    frames = [Place(f"the chat ({frame.type})", _json(frame.data)) for frame in opened.chat.frames]
    return Collected(trainee.system, [*(_without_echo(answer) for answer in answers if _is_text(answer)), *frames])


def bad_request(api: ChatTrainApi, wish: Mapping[str, str]) -> Answer:
    """Send a request of the material as it stands."""
    body = wish.get("body")
    headers = {} if body is None else {"Content-Type": "application/json"}
    return api.ask(wish["method"], wish["path"], content=body, headers=headers)


def disk_paths(system: LiveSystem) -> list[Trace]:
    """What a place on a disk looks like, and where this system lies, if the suite knows it."""
    traces, control = _traces("disk_paths"), system.control
    if control is not None and "process-control" in system.capabilities:
        traces.append(Trace.of("the folder of its content", str(control.work.content)))
        traces.append(Trace.of("the place of its database", str(control.work.database)))
    return traces


def program_texts() -> list[Trace]:
    """What text of the program, its database and libraries, and of the AI provider looks like."""
    return _traces("program_texts") + _traces("ai_provider_texts")


def _answers_open_to_all(api: ChatTrainApi) -> list[Answer]:
    places = personas.material("chattrain_trespassing")["open_to_all"]
    return [api.ask(place["method"], place["path"]) for place in places]


def _traces(section: str) -> list[Trace]:
    found: Mapping[str, str] = personas.material("chattrain_trespassing")[section]
    return [Trace.like(name, expression) for name, expression in found.items()]


def _place(answer: Answer) -> Place:
    return Place(f"the answer to {answer.what} ({answer.status})", answer.body.decode("utf-8", "replace"))


def _without_echo(answer: Answer) -> Place:
    place, asked = _place(answer), unquote(answer.what.rpartition("/")[2], errors="replace")
    return Place(place.where, place.text.replace(asked, "")) if asked else place


def _is_text(answer: Answer) -> bool:
    return not answer.content_type.startswith(("image/", "application/pdf", "application/octet-stream"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
