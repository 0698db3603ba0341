"""What the hub knows of models beyond the source's list: strengths, needs, and how they compare (contract 1.5, 6.6)."""

import re
from dataclasses import dataclass

MB = 1_048_576
GB = 1_073_741_824


@dataclass(frozen=True)
class Kind:
    """What a model is good for. `vram_mb` is the base need, `nominal_seconds` the usual time of a run."""

    covers: frozenset[str]
    strong: frozenset[str]
    needs_image: bool
    vram_mb: int
    nominal_seconds: float


PRODUCT: dict[str, Kind] = {
    "t2v-A14B": Kind(frozenset({"text"}), frozenset({"quality", "1080p"}), False, 8000, 120.0),
    "i2v-A14B": Kind(frozenset({"image"}), frozenset({"quality", "1080p"}), True, 8500, 100.0),
    "ti2v-5B": Kind(frozenset({"text", "image"}), frozenset({"speed"}), True, 6000, 80.0),
}
OTHER = Kind(frozenset(), frozenset(), False, 1000, 60.0)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LOCAL = re.compile(r"[A-Za-z0-9._-]{1,64}")


def kind_of(model_id: str) -> Kind:
    """Give what is known of a model."""
    return PRODUCT.get(model_id, OTHER)


def shown_id(model_id: str) -> str:
    """Give the long name of a model."""
    return f"Wan2.2-{model_id}" if model_id in PRODUCT else model_id


def is_model_name(name: str) -> bool:
    """Say whether a published name can be a folder."""
    return _NAME.fullmatch(name) is not None and not _DEVICES.fullmatch(name) and not name.endswith(".")


def is_local_name(name: str) -> bool:
    """Say whether a folder that was put there by hand is taken for a model."""
    return _LOCAL.fullmatch(name) is not None and not name.startswith(".")


def is_file_name(name: str) -> bool:
    """Say whether a published path is a plain name that can be written inside a model's folder."""
    return _FILE.fullmatch(name) is not None and not _DEVICES.fullmatch(name) and not name.endswith((".", ".partial"))
