"""The source that models come from, and its control routes: failing on purpose, counting, publishing."""

import time
from collections.abc import Mapping
from typing import Any

from countersign.errors import CapabilityMissing
from countersign.evidence import Recorder
from countersign.systems.modelhub.sent import PublishedFile, Sent, read_published, read_sent
from countersign.target.live import LiveSystem
from countersign.transport.http import HttpClient


class Origin:
    """The control of a source (capability origin-control). Raises CapabilityMissing where the target names none."""

    def __init__(self, system: LiveSystem, recorder: Recorder) -> None:
        if not system.origin_url:
            raise CapabilityMissing(f"{system.name}: the target names no source with control routes (origin_url)")
        self._client = HttpClient(system.origin_url, system="source", actor="suite", recorder=recorder)

    def fails(self, mode: str, **more: Any) -> None:
        """Let the source fail from now on (`model_id`, `path`, `value`, `count`, `seconds`, `retry_after`)."""
        self._client.request("POST", "/control/faults", json={"mode": mode, **more}).must_be(200, 201)

    def works_again(self) -> None:
        """Take all faults away."""
        self._client.request("DELETE", "/control/faults").must_be(200, 204)

    def stats(self) -> Mapping[str, Any]:
        """Read what was sent: `total_bytes`, `files` by key, `timeline` per 250 ms."""
        told: Mapping[str, Any] = self._client.request("GET", "/control/stats").must_be(200).json()
        return told

    def sent(self, model_id: str) -> Sent:
        """Read what was sent of one model."""
        return read_sent(self.stats(), model_id)

    def published(self, model_id: str) -> tuple[PublishedFile, ...]:
        """Read the files of the latest version of a model."""
        return read_published(self.catalogue(), model_id)

    def clock_ahead(self) -> float:
        """Give by how many seconds the source's clock (since 1970) is ahead of this process' monotonic one.

        A small file is asked for, and the source tells when that was; it stands among what was sent afterwards.
        """
        model = self.catalogue()["models"][0]
        version = next(each for each in model["versions"] if each["version"] == model["latest"])
        path = min(version["files"], key=lambda file: int(file["size"]))["path"]
        key = f"{model['model_id']}/{version['version']}/{path}"
        asked = time.monotonic()
        self._client.request("GET", f"/files/{key}").must_be(200)
        told = time.monotonic()
        return float(self.stats()["files"][key]["last_at"]) - (asked + told) / 2

    def counts_anew(self) -> None:
        """Forget what was sent so far."""
        self._client.request("DELETE", "/control/stats").must_be(200, 204)

    def publishes(self, model_id: str, version: str, **more: Any) -> None:
        """Publish a version (`size_mb`, `urgent`, `release_notes`, `changed_files`, `extra_path`, `bad_sha256`)."""
        body = {"model_id": model_id, "version": version, **more}
        self._client.request("POST", "/control/models", json=body).must_be(200, 201)

    def withdraws_everything(self) -> None:
        """Take back whatever was published on top of what the source began with."""
        self._client.request("DELETE", "/control/models").must_be(200, 204)

    def catalogue(self) -> Mapping[str, Any]:
        """Read what is published."""
        told: Mapping[str, Any] = self._client.request("GET", "/catalog.json").must_be(200).json()
        return told

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
