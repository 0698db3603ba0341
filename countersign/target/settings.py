"""Target files: where a deployment is and what it allows the suite to see and to cause."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from countersign.errors import TargetError
from countersign.paths import TARGETS, system_names
from countersign.target.options import SOCKET, check_url, suggest


class ScriptedAiTarget(BaseModel):
    """A scripted AI server (`reference/ai`) that the deployment asks: its address and its control token."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    token_env: str = "COUNTERSIGN_AI_TOKEN"


class StaffTarget(BaseModel):
    """An account of staff on a live system; its password is read from the named environment variable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str
    email: str
    password_env: str


class SystemTarget(BaseModel):
    """One live system.

    `capabilities` are those that cannot be discovered from outside (docs: point it at your system). `without` names
    capabilities the deployment is known not to have. `timings` states the waiting times in force, in the unit their
    name ends with. `commands` are the operator's own commands per action (`stop`, `start`, `kill`, `database.stop`
    ...). Keys and tokens are read from the named environment variables, never from the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    page_url: str = ""
    socket_url: str = ""
    origin_url: str = ""
    folders: Mapping[str, str] = Field(default_factory=dict)
    staff: tuple[StaffTarget, ...] = ()
    operator_key_env: str = ""
    ca_file: str = ""
    capabilities: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    timings: Mapping[str, float] = Field(default_factory=dict)
    scripted_ai: ScriptedAiTarget | None = None
    commands: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class Target(BaseModel):
    """A target file. `embedded` starts the reference systems; `live` talks to deployments that run already.

    `patience` stretches the suite's own waits (connecting, starting up), never the limit of a criterion.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: Literal["embedded", "live"]
    patience: float = Field(default=1.0, ge=0.2, le=20)
    systems: Mapping[str, SystemTarget] = Field(default_factory=dict)

    def system(self, name: str) -> SystemTarget:
        """Give the entry of one system (an empty one if the file does not mention it)."""
        return self.systems.get(name, SystemTarget())


def load_target(name: str) -> Target:
    """Read `targets/<name>.toml`, or the file that `name` is the path of.

    Raises TargetError with the file, the key, and what would work.
    """
    path = Path(name) if name.endswith(".toml") or "/" in name else TARGETS / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in TARGETS.glob("*.toml")))
        raise TargetError(f"target {name!r}: there is no file {path}; targets here are {known}, or give a path")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TargetError(f"{path}: not a TOML file: {error}") from error
    return _build(path, data)


def _build(path: Path, data: dict[str, Any]) -> Target:
    known = system_names()
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    for key in tables:
        if key not in known:
            raise TargetError(f"{path}: [{key}] is no system of this suite{suggest(key, known)}")
    try:
        target = Target.model_validate({"name": path.stem, "systems": tables, **plain})
    except (ValidationError, TypeError) as error:
        raise TargetError(f"{path}: {_explain(error)}") from error
    for system, entry in target.systems.items():
        for key, url in (("url", entry.url), ("page_url", entry.page_url), ("origin_url", entry.origin_url)):
            if url:
                check_url(url, f"{path}: [{system}] {key}")
        if entry.socket_url:
            check_url(entry.socket_url, f"{path}: [{system}] socket_url", SOCKET)
        if target.kind == "live" and not entry.url:
            raise TargetError(f'{path}: [{system}] has no url; write url = "http://host:port"')
    return target


def _explain(error: ValidationError | TypeError) -> str:
    if isinstance(error, TypeError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "systems")
    if first["type"] == "extra_forbidden":
        fields = list(Target.model_fields if len(first["loc"]) == 1 else SystemTarget.model_fields)
        return f"unknown key {where}{suggest(str(first['loc'][-1]), [name for name in fields if name != 'systems'])}"
    if first["type"] == "missing":
        return f'the key {where} is missing; write kind = "live" or kind = "embedded"'
    return f"{where} = {first['input']!r}: {first['msg'].lower()}"
