"""The description that a system publishes of its API: which services there are and what they answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from countersign.systems.reading import Reading

_PLACE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class DescribedAnswer:
    """An answer of a service: the media types it comes in, whether its shape is given, and its shape as JSON."""

    kinds: tuple[str, ...]
    has_shape: bool
    shape: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """A described service. `path` has `{}` for every variable part; `answers` goes by status ("200", "404").

    `takes` says whether it takes a body of a described shape.
    """

    method: str
    path: str
    answers: Mapping[str, DescribedAnswer]
    takes: bool = False


@dataclass(frozen=True)
class ApiDescription:
    """All described services. `document` is the whole document, which shapes refer to."""

    services: tuple[Service, ...]
    document: Mapping[str, Any] = field(default_factory=dict)

    def service(self, method: str, path: str) -> Service | None:
        """Find a service, whatever its variable parts are called."""
        wanted = (method.lower(), _PLACE.sub("{}", path))
        return next((service for service in self.services if (service.method, service.path) == wanted), None)


def read_description(data: Any, system: str) -> ApiDescription:
    """Read the OpenAPI document of a system. Raises ContractBroken if it names no paths."""
    paths = Reading(system).need(data, "paths", Mapping, "the published description")
    return ApiDescription(
        tuple(
            Service(method.lower(), _PLACE.sub("{}", path), _answers(operation), _takes(operation))
            for path, operations in paths.items()
            if isinstance(operations, Mapping)
            for method, operation in operations.items()
            if isinstance(operation, Mapping)
        ),
        data,
    )


def _answers(operation: Mapping[str, Any]) -> dict[str, DescribedAnswer]:
    answers = {}
    for status, answer in (operation.get("responses") or {}).items():
        content = (answer.get("content") if isinstance(answer, Mapping) else None) or {}
        shapes = _shapes(content)
        answers[str(status)] = DescribedAnswer(tuple(content), bool(shapes) and all(shapes), (shapes or [{}])[0] or {})
    return answers


def _takes(operation: Mapping[str, Any]) -> bool:
    body = operation.get("requestBody")
    shapes = _shapes(body.get("content") or {}) if isinstance(body, Mapping) else []
    return bool(shapes) and all(shapes)


def _shapes(content: Mapping[str, Any]) -> list[Any]:
    return [media.get("schema") for media in content.values() if isinstance(media, Mapping)]
