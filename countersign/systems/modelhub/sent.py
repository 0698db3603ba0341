"""What the source of models publishes and has sent, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.modelhub.model import need


@dataclass(frozen=True)
class PublishedFile:
    """A file of a version. `size` is in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class SentFile:
    """How often a file was asked for, and how many bytes of it left.

    `times` are the moments of all requests in seconds since 1970, in their order; empty where the source does not
    list them. `span` is from the first request to the last thing that happened.
    """

    requests: int
    ranged: int
    size: int
    times: tuple[float, ...]
    span: float


@dataclass(frozen=True)
class Sent:
    """What the source sent of one model since it counted anew, by file."""

    files: Mapping[str, SentFile]

    @property
    def size(self) -> int:
        """Give the bytes of all files."""
        return sum(file.size for file in self.files.values())

    @property
    def requests(self) -> int:
        """Give how often anything was asked for."""
        return sum(file.requests for file in self.files.values())

    def of(self, path: str) -> SentFile:
        """Give what was sent of a file."""
        return self.files.get(path, SentFile(0, 0, 0, (), 0.0))


def read_sent(stats: Any, model_id: str) -> Sent:
    """Read the counters of one model from all counters; a key is model, version and path, parted by slashes."""
    counted = need(stats, "files", dict, "the counters of the source").items()
    parted = [(key.split("/", 2), told) for key, told in counted]
    return Sent({parts[2]: _file(told) for parts, told in parted if parts[0] == model_id and len(parts) == 3})


def read_published(catalogue: Any, model_id: str) -> tuple[PublishedFile, ...]:
    """Read the files of the latest version of a model."""
    models = need(catalogue, "models", list, "the list of the source")
    model = next(each for each in models if each["model_id"] == model_id)
    version = next(each for each in model["versions"] if each["version"] == model["latest"])
    return tuple(PublishedFile(file["path"], file["size"], file["sha256"]) for file in version["files"])


def _file(told: Mapping[str, Any]) -> SentFile:
    times = tuple(told.get("times") or ())
    first, last = told.get("first_at"), told.get("last_at")
    return SentFile(
        requests=need(told, "requests", int, "a counter of the source"),
        ranged=need(told, "range_requests", int, "a counter of the source"),
        size=need(told, "bytes_sent", int, "a counter of the source"),
        times=times,
        span=last - first if first is not None and last is not None else 0.0,
    )
