"""Options of one run: `-D name=value` first, then `COUNTERSIGN_NAME` from the environment, then the default."""

import difflib
import os
import secrets
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from countersign.errors import TargetError
from countersign.paths import system_names
from countersign.target.environment import general_environment


class RunOptions(BaseModel):
    """What a run was started with.

    `pace` compressed plays long trainings with the shortest pauses a criterion allows, real with the true ones.
    `database` is what the reference systems keep their data in. `users` is how many people act at once where a sentence
    leaves it open. `order` random runs features and scenarios in an order drawn from the seed. `wire` prints every
    request and frame, redacted. `urls` maps a system to the address of a live deployment that replaces the target's.
    `faults` (proof only) starts the reference systems with seeded faults. `scenario_seconds` replaces the hard end of
    every scenario. `chat_seconds` is a stricter limit for a patient's answer than the criterion's 2.5 s; a looser one
    is refused.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: str = "embedded"
    pace: Literal["compressed", "real"] = "compressed"
    database: Literal["sqlite", "postgresql"] = "sqlite"
    users: int = Field(default=5, ge=1, le=200)
    seed: int = Field(default_factory=lambda: secrets.randbelow(1_000_000))
    order: Literal["file", "random"] = "file"
    wire: bool = False
    accept: Literal["green", "yellow"] = "green"
    faults: str = ""
    scenario_seconds: float | None = Field(default=None, gt=0, le=7200)
    chat_seconds: float = Field(default=2.5, gt=0, le=2.5)
    urls: Mapping[str, str] = Field(default_factory=dict)


def suggest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"


def read_options(userdata: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> RunOptions:
    """Read the options of a run.

    Raises TargetError naming the option, what was written and what would work.
    """
    names = [name for name in RunOptions.model_fields if name != "urls"]
    systems = system_names()
    values: dict[str, Any] = {
        name: environ[f"COUNTERSIGN_{name.upper()}"] for name in names if environ.get(f"COUNTERSIGN_{name.upper()}")
    }
    values = {**general_environment(environ), **values}
    urls = {name: environ[key] for name in systems if environ.get(key := f"COUNTERSIGN_{name.upper()}_URL")}
    for key, value in userdata.items():
        system, dot, rest = key.partition(".")
        if dot and rest == "url" and system in systems:
            urls[system] = str(value)
        elif key in names:
            values[key] = value
        elif not key.startswith("AllureFormatter."):
            known = [*names, *(f"{name}.url" for name in systems)]
            raise TargetError(f"-D {key}={value}: there is no option {key}{suggest(key, known)}")
    for system, url in urls.items():
        check_url(url, f"-D {system}.url")
    try:
        return RunOptions(**values, urls=urls)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise TargetError(f"-D {name}={first['input']}: {first['msg'].lower()}") from error


WEB, SOCKET = ("http", "https"), ("ws", "wss")


def check_url(url: str, where: str, schemes: tuple[str, str] = WEB) -> str:
    """Give the address without its last slash; raise TargetError if it is no address of these schemes with a host."""
    parts = urlsplit(url)
    try:
        _ = parts.port  # reading it is what raises on a port that is no number
    except ValueError as error:
        raise TargetError(f"{where}: {url!r} has a wrong port ({error})") from error
    if parts.scheme not in schemes or not parts.hostname:
        kind = "web address" if schemes == WEB else "address of a socket"
        raise TargetError(f"{where}: {url!r} is no {kind}; write it like {schemes[0]}://127.0.0.1:8000")
    return url.rstrip("/")
