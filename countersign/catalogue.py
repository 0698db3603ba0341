"""The catalogue on disk: `criteria/<system>.yaml`, read and checked before a run begins."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from countersign.errors import SuiteError
from countersign.paths import CRITERIA
from countersign.verdict.catalogue import Criterion, ShareOf

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TITLES = {
    "chattrain": "ChatTrain pilot",
    "grizz": "Grizz AI Engine",
    "scriptgen": "AI Script Generator",
    "modelhub": "Model availability",
    "medassist": "Medical AI Assistant",
}
"""How people call the systems, for reports."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal[
    "journey",
    "function",
    "data",
    "load",
    "performance",
    "resilience",
    "monitoring",
    "security",
    "accessibility",
    "reporting",
]


class _Share(BaseModel):
    """What a derived criterion is computed from."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kinds: Annotated[list[Kind], Field(min_length=1)]
    least: Annotated[float, Field(gt=0, le=100)]


class _Item(BaseModel):
    """One criterion as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-[0-9]{2,}$")]
    title: Words
    must: bool
    kind: Kind
    verify: Words
    needs: list[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]] = Field(default_factory=list)
    source: Words
    share_of: _Share | None = None


class _File(BaseModel):
    """One file of the catalogue as it is written."""

    model_config = ConfigDict(extra="forbid", strict=True)

    system: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*$")]
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*$")]
    criteria: Annotated[list[_Item], Field(min_length=1)]
    suite: list[_Item] = Field(default_factory=list)
    requirements: list[Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")]] = Field(default_factory=list)


@dataclass(frozen=True)
class Catalogue:
    """All criteria a run may be judged by. `duties` are the suite's own; they are reported, but never counted.

    `requirements` are the numbers of a system's own list of requirements, by system; see `proving`.
    """

    criteria: tuple[Criterion, ...]
    duties: tuple[Criterion, ...] = ()
    requirements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def systems(self) -> tuple[str, ...]:
        """Name the systems that have a catalogue, in the order they were read."""
        return tuple(dict.fromkeys(criterion.system for criterion in self.criteria))

    def proving(self, system: str, requirement: str) -> tuple[str, ...]:
        """Give the ids of the criteria that name a requirement ("4.3") as their source."""
        number = re.compile(rf"(?<![0-9.]){re.escape(requirement)}(?![0-9]|\.[0-9])")
        return tuple(each.id for each in self.criteria if each.system == system and number.search(each.source))

    def of(self, ids: Iterable[str]) -> tuple[Criterion, ...]:
        """Give the criteria and duties with these ids, in the order of the catalogue."""
        wanted = set(ids)
        return tuple(each for each in (*self.criteria, *self.duties) if each.id in wanted)


@cache
def load_criteria(system: str) -> tuple[Criterion, ...]:
    """Give the counted criteria of one system from the project's catalogue. Raises SuiteError if there are none."""
    found = tuple(criterion for criterion in load_catalogue().criteria if criterion.system == system)
    if not found:
        raise SuiteError(f"There is no catalogue of criteria for '{system}'; write {CRITERIA / system}.yaml.")
    return found


@cache
def load_catalogue(folder: Path = CRITERIA) -> Catalogue:
    """Read every `<system>.yaml` of the folder (`<system>.faults.yaml` is another matter).

    Raises SuiteError naming file, id and field of the first thing that is wrong, and how to mend it.
    """
    paths = sorted(path for path in folder.glob("*.yaml") if "." not in path.stem)
    if not paths:
        raise SuiteError(f"No catalogue found: {folder} holds no <system>.yaml. Start the run in the project's folder.")
    criteria: list[Criterion] = []
    duties: list[Criterion] = []
    requirements: dict[str, tuple[str, ...]] = {}
    written_in: dict[str, Path] = {}
    for path in paths:
        content = _read(path)
        if content.requirements:
            requirements[content.system] = tuple(content.requirements)
        for items, target in ((content.criteria, criteria), (content.suite, duties)):
            for item in items:
                _check_id(item.id, content.prefix, path, written_in)
                target.append(_criterion(item, content.system))
    return Catalogue(tuple(criteria), tuple(duties), requirements)


def _read(path: Path) -> _File:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path} is not readable as YAML: {error}") from error
    if not isinstance(raw, dict):
        raise SuiteError(f"{path} must begin with 'system:', 'prefix:' and 'criteria:'.")
    try:
        content = _File.model_validate(raw)
    except ValidationError as error:
        raise SuiteError(_explained(path, raw, error)) from error
    if content.system != path.stem:
        raise SuiteError(f"{path} describes the system '{content.system}'; name the file {content.system}.yaml.")
    return content


def _explained(path: Path, raw: dict[Any, Any], error: ValidationError) -> str:
    """Name the criterion and the field of each error; a position in a list helps nobody."""
    lines = []
    for each in error.errors():
        place = list(each["loc"])
        if len(place) > 1 and isinstance(place[1], int):
            item = raw[place[0]][place[1]]
            name = item.get("id") if isinstance(item, dict) else None
            place = [f"{name or f'{place[0]} number {place[1] + 1}'}", *place[2:]]
        lines.append(f"  {' / '.join(str(part) for part in place)}: {each['msg']} (found {each['input']!r:.80})")
    return f"{path} breaks the form of a catalogue:\n" + "\n".join(lines)


def _check_id(name: str, prefix: str, path: Path, written_in: dict[str, Path]) -> None:
    if not name.startswith(f"{prefix}-"):
        raise SuiteError(f"{path}: {name} does not begin with the file's prefix; call it {prefix}-...")
    if name in written_in:
        raise SuiteError(f"{path}: {name} is already used in {written_in[name]}; every id stands once.")
    written_in[name] = path


def _criterion(item: _Item, system: str) -> Criterion:
    return Criterion(
        id=item.id,
        system=system,
        title=item.title,
        must=item.must,
        kind=item.kind,
        needs=tuple(item.needs),
        verify=item.verify,
        source=item.source,
        share_of=None if item.share_of is None else ShareOf(tuple(item.share_of.kinds), item.share_of.least),
    )
