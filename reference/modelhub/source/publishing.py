"""What the source publishes: versions of models, whose bytes come from a seed and so are always the same."""

import hashlib
import json
import random
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from reference.common.clock import iso, now

MB = 1_048_576
NAMES = (
    "config.json",
    "model_index.json",
    "diffusion-00001.safetensors",
    "diffusion-00002.safetensors",
    "text_encoder.safetensors",
    "vae.safetensors",
)
SHARES = {"diffusion-00001.safetensors": 0.35, "text_encoder.safetensors": 0.25, "vae.safetensors": 0.1}
JSON_BYTES = 512
KEPT_BYTES = 96 * MB
FIRST = (("t2v-A14B", "2.0.0", 6.0), ("i2v-A14B", "1.8.0", 7.0), ("ti2v-5B", "1.5.0", 4.0))


class NotPublishable(ValueError):
    """A model cannot be published as asked; the message says why."""


@dataclass(frozen=True)
class File:
    """A file of a version: its bytes come from `seed`; `size` and `sha256` are what the list says of it."""

    path: str
    seed: str
    true_size: int
    size: int
    sha256: str


@dataclass
class Version:
    """A version of a model."""

    version: str
    urgent: bool
    release_notes: str
    published_at: str
    files: list[File] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        """Give the version as the catalogue lists it."""
        files = [{"path": each.path, "size": each.size, "sha256": each.sha256} for each in self.files]
        return {
            "version": self.version,
            "urgent": self.urgent,
            "release_notes": self.release_notes,
            "published_at": self.published_at,
            "files": files,
        }


class Bytes:
    """Makes the bytes of files, and keeps the last ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def of(self, file: File) -> bytes:
        """Give all bytes of a file."""
        key = (file.seed, file.true_size)
        if key not in self._kept:
            self._kept[key] = _made(*key)
            while sum(map(len, self._kept.values())) > KEPT_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


class Publications:
    """The models of the source. What was published outlives the process when a file for it is named."""

    def __init__(self, state: Path | None = None) -> None:
        """Begin with what `state` holds, else with the three product models."""
        self.bytes = Bytes()
        self.models: dict[str, dict[str, Version]] = {}
        self._state = state
        if state is not None and state.is_file():
            self._load(json.loads(state.read_text()))
        else:
            self.reset()

    def reset(self) -> None:
        """Publish the three product models and nothing else."""
        self.models = {}
        for model_id, version, size in FIRST:
            self._add(model_id, version, size, {"release_notes": f"{model_id} {version}"})
        self._save()

    def publish(self, body: Mapping[str, Any]) -> Version:
        """Publish a version. Raises NotPublishable."""
        model_id, version = body.get("model_id"), body.get("version")
        if not isinstance(model_id, str) or not model_id or not isinstance(version, str) or not version:
            raise NotPublishable("model_id and version are needed")
        known = self.models.get(model_id, {})
        usual = sum(file.true_size for file in next(reversed(known.values())).files) / MB if known else 1.0
        size = body.get("size_mb", usual)
        if not isinstance(size, int | float) or not 0.01 <= size <= 256:
            raise NotPublishable("size_mb must be a number from 0.01 to 256")
        made = self._add(model_id, version, float(size), body)
        self._save()
        return made

    def withdraw(self, model_id: str, version: str | None) -> bool:
        """Take a version back, or all of a model; say whether there was something."""
        if model_id not in self.models or (version is not None and version not in self.models[model_id]):
            return False
        if version is not None:
            del self.models[model_id][version]
        if version is None or not self.models[model_id]:
            del self.models[model_id]
        self._save()
        return True

    def file(self, model_id: str, version: str, path: str) -> File | None:
        """Find a file."""
        found = self.models.get(model_id, {}).get(version)
        return next((file for file in found.files if file.path == path), None) if found else None

    def catalogue(self) -> dict[str, Any]:
        """Give the list of everything published."""
        return {
            "models": [
                {
                    "model_id": model_id,
                    "latest": _latest(versions),
                    "versions": [version.shown() for version in versions.values()],
                }
                for model_id, versions in self.models.items()
            ]
        }

    def _add(self, model_id: str, version: str, size_mb: float, body: Mapping[str, Any]) -> Version:
        changed = body.get("changed_files")
        before = next(reversed(self.models.get(model_id, {}).values()), None)
        old = {file.path: file for file in before.files} if before is not None and changed is not None else {}
        files: list[File] = []
        for path, size in _sizes(size_mb).items():
            if path in old and path not in (changed or ()):
                files.append(old[path])
            else:
                files.append(self._file(path, f"{model_id}/{version}/{path}", size))
        if body.get("extra_path"):
            for path in _texts(body["extra_path"]):
                files.append(self._file(path, f"{model_id}/{version}/extra", 4096))
        files = [_altered(file, body) for file in files]
        made = Version(version, bool(body.get("urgent")), str(body.get("release_notes", "")), iso(now()), files)
        self.models.setdefault(model_id, {}).pop(version, None)
        self.models[model_id][version] = made
        return made

    def _file(self, path: str, seed: str, size: int) -> File:
        digest = hashlib.sha256(_made(seed, size)).hexdigest()
        return File(path, seed, size, size, digest)

    def _save(self) -> None:
        if self._state is None:
            return
        kept = {name: [asdict(version) for version in versions.values()] for name, versions in self.models.items()}
        self._state.parent.mkdir(parents=True, exist_ok=True)
        self._state.write_text(json.dumps(kept))

    def _load(self, kept: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        for model_id, versions in kept.items():
            self.models[model_id] = {
                each["version"]: Version(**{**each, "files": [File(**file) for file in each["files"]]})
                for each in versions
            }


def _altered(file: File, body: Mapping[str, Any]) -> File:
    bad, sizes = body.get("bad_sha256"), body.get("wrong_sizes") or {}
    wrong = file.path == "vae.safetensors" if bad is True else file.path in _texts(bad)
    sha256 = hashlib.sha256(b"not this").hexdigest() if wrong else file.sha256
    return File(file.path, file.seed, file.true_size, int(sizes.get(file.path, file.size)), sha256)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, list) else []


def _sizes(size_mb: float) -> dict[str, int]:
    total = round(size_mb * MB)
    sizes = {name: JSON_BYTES for name in NAMES if name.endswith(".json")}
    sizes |= {name: int(total * share) for name, share in SHARES.items()}
    sizes["diffusion-00002.safetensors"] = total - sum(sizes.values())
    return {name: sizes[name] for name in NAMES}


def _made(seed: str, size: int) -> bytes:
    if seed.endswith(".json"):
        text = json.dumps({"made_from": seed})
        return text.ljust(size).encode()[:size]
    return random.Random(seed).randbytes(size)


def _latest(versions: Mapping[str, Version]) -> str:
    def rank(version: str) -> tuple[int, ...]:
        parts = version.split(".")
        return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (-1,)

    return max(versions, key=rank)
