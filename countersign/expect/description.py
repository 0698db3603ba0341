"""Matcher for the published description of an API: each service with its answers and refusals."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.description import ApiDescription


@dataclass(frozen=True)
class Promised:
    """A service that must be described, with the refusals to be named. A `file` has no shape, only a kind.

    `body` says that the service takes a body, whose shape must be described.
    """

    name: str
    method: str
    path: str
    refusals: tuple[str, ...]
    file: bool = False
    body: bool = False


class Describes(Lacking[ApiDescription]):
    """See `describes`."""

    def __init__(self, services: Sequence[Promised]) -> None:
        self.services = services
        self.expected = f"a description of {', '.join(service.name for service in services)} with answers and refusals"

    def lack(self, item: ApiDescription) -> str:
        """Name every service that is described poorly."""
        return "; ".join(filter(None, (self._lack(item, service) for service in self.services)))

    @staticmethod
    def _lack(item: ApiDescription, service: Promised) -> str:
        found = item.service(service.method, service.path)
        if found is None:
            return f"{service.name} is not described"
        unnamed = [code for code in service.refusals if code not in found.answers]
        if unnamed:
            return f"{service.name} names no {', '.join(unnamed)}"
        if service.body and not found.takes:
            return f"{service.name} gives what it takes no shape"
        good = next((found.answers[code] for code in ("200", "201", "202") if code in found.answers), None)
        if good is None or not good.kinds:
            return f"{service.name} says nothing of its good answer"
        return "" if service.file or good.has_shape else f"{service.name} gives its good answer no shape"


def describes(services: Sequence[Promised]) -> Describes:
    """Match a description that holds every service with its good answer, its shape and its refusals."""
    return Describes(services)
