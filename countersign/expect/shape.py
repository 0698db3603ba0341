"""Matchers for answers that are as their description says, and for described services that nobody answers at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.description import ApiDescription
from countersign.transport.answer import Answer

TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
DEEPEST = 20
NOT_THERE = (405, 501)
FIRST_REFUSAL = 400


@dataclass(frozen=True)
class Compared:
    """A good answer of a service: method and path as they are described (`{}` for a variable part), and the answer."""

    method: str
    path: str
    answer: Answer


class AsDescribed(Lacking[Compared]):
    """See `as_described_in`."""

    expected = "an answer that is as the published description says"

    def __init__(self, description: ApiDescription) -> None:
        self.description = description

    def lack(self, item: Compared) -> str:
        """Say what differs."""
        what, answer = f"{item.method} {item.path}", item.answer
        service = self.description.service(item.method, item.path)
        if service is None:
            return f"{what} is not described"
        if answer.status >= FIRST_REFUSAL:
            return f"{what} met {answer.status}: {answer.beginning()!r}"
        described = service.answers.get(str(answer.status))
        if described is None:
            return f"{what} was answered with {answer.status}, which is not described"
        if answer.content_type not in described.kinds:
            return f"{what} came as {answer.content_type!r}, described is {', '.join(described.kinds) or 'nothing'}"
        lack = lack_of_shape(answer.json(), described.shape, self.description.document)
        return f"{what}: {lack}" if lack else ""


def as_described_in(description: ApiDescription) -> AsDescribed:
    """Match a good answer whose status, kind and shape are described."""
    return AsDescribed(description)


@dataclass(frozen=True)
class Reached:
    """The answer at a described service, and that of an address at which nobody answers."""

    what: str
    answer: Answer
    nowhere: Answer


class Reachable(Lacking[Reached]):
    """See `reachable`."""

    expected = "a described service that answers"

    def lack(self, item: Reached) -> str:
        """Say how it is not there."""
        status = item.answer.status
        if status in NOT_THERE:
            return f"{item.what} met {status}"
        same = status == item.nowhere.status and _said(item.answer) == _said(item.nowhere)
        return f"{item.what} is answered like an address that does not exist ({status})" if same else ""


def reachable() -> Reachable:
    """Match an answer that differs from the one of an address at which nobody answers."""
    return Reachable()


def _said(answer: Answer) -> Any:
    body = answer.json() if answer.content_type == "application/json" else answer.text
    return {name: value for name, value in body.items() if name != "request_id"} if isinstance(body, dict) else body


def lack_of_shape(value: Any, shape: Any, document: Mapping[str, Any], where: str = "it", depth: int = 0) -> str:
    """Say how a JSON value differs from a shape of JSON Schema; empty if it does not.

    Looked at are `$ref`, `anyOf`, `oneOf`, `allOf`, `type`, `enum`, `required`, `properties`, `additionalProperties`
    and `items`.
    """
    if not isinstance(shape, Mapping) or depth > DEEPEST:
        return ""
    if "$ref" in shape:
        return lack_of_shape(value, _referred(shape["$ref"], document), document, where, depth + 1)
    for name in ("anyOf", "oneOf"):
        lacks = [lack_of_shape(value, each, document, where, depth + 1) for each in shape.get(name, ())]
        if lacks and all(lacks):
            return lacks[0]
    for each in shape.get("allOf", ()):
        if lack := lack_of_shape(value, each, document, where, depth + 1):
            return lack
    if not _is_of(value, shape.get("type")):
        return f"{where} is {type(value).__name__}, described as {shape['type']}"
    if "enum" in shape and value not in shape["enum"]:
        return f"{where} is {value!r}, none of {', '.join(map(str, shape['enum']))}"
    return _lack_of_parts(value, shape, document, where, depth + 1)


def _lack_of_parts(value: Any, shape: Mapping[str, Any], document: Mapping[str, Any], where: str, depth: int) -> str:
    parts: list[tuple[Any, Any, str]] = []
    if isinstance(value, dict):
        missing = [name for name in shape.get("required", ()) if name not in value]
        if missing:
            return f"{where} has no {missing[0]}"
        known, others = shape.get("properties") or {}, shape.get("additionalProperties")
        parts = [(part, known.get(name, others), f"{name} of {where}") for name, part in value.items()]
    elif isinstance(value, list):
        parts = [(part, shape.get("items"), f"number {place} of {where}") for place, part in enumerate(value, 1)]
    lacks = (lack_of_shape(part, wanted, document, place, depth) for part, wanted, place in parts)
    return next((lack for lack in lacks if lack), "")


def _is_of(value: Any, kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind] if kind else []
    wanted = tuple(each for name in kinds for each in TYPES.get(name, (object,)))
    if not wanted:
        return True
    return isinstance(value, wanted) and (not isinstance(value, bool) or bool in wanted or object in wanted)


def _referred(reference: str, document: Mapping[str, Any]) -> Any:
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found.get(name, {}) if isinstance(found, Mapping) else {}
    return found
