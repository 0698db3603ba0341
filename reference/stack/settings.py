"""Settings that a user gives to a system: environment variables by name."""

import re
from collections.abc import Container, Mapping

from reference.stack.entry import SystemEntry
from reference.stack.errors import Unusable

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def refuse_unusable_settings(entry: SystemEntry, settings: Mapping[str, str], own: Container[str]) -> None:
    """Raise Unusable for a name that is no setting, or that the stack itself sets (`own`)."""
    for name in settings:
        if not _NAME.fullmatch(name):
            raise Unusable(f"{name!r} is no setting: write names in capitals, such as AI_TIMEOUT_SECONDS")
        if name == entry.faults_variable:
            raise Unusable(f"{name} is not given as a setting: use --faults {entry.name}=... or the route for faults")
        if name in own and name not in entry.replaceable:
            raise Unusable(f"{name} is set by the stack and cannot be given")


def pair(raw: str) -> tuple[str, str]:
    """Split NAME=VALUE. Raises Unusable if there is no equals sign."""
    name, equals, value = raw.partition("=")
    if not (equals and name.strip()):
        raise Unusable(f"{raw!r} must have the form NAME=VALUE")
    return name.strip(), value
