"""What ChatTrain says of its content to an operator."""

from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.systems.chattrain.model import need


@dataclass(frozen=True)
class Reload:
    """The answer to a reload: whether it claims success, how many trainings it took in, what it complains about."""

    success: bool
    loaded: int
    errors: tuple[str, ...]
    available: tuple[str, ...]


def read_reload(data: Any) -> Reload:
    """Read the answer to a reload. Raises ContractBroken naming the field that is not as promised."""
    where = "the answer to the reload"
    return Reload(
        success=need(data, "success", bool, where),
        loaded=need(data, "scenarios_loaded", int, where),
        errors=_texts(data, "errors", where),
        available=_texts(data, "available_scenarios", where),
    )


def _texts(data: Any, name: str, where: str) -> tuple[str, ...]:
    values = need(data, name, list, where)
    if not all(isinstance(value, str) for value in values):
        raise ContractBroken(f"chattrain: {name} of {where} is {values!r}, expected a list of texts")
    return tuple(values)
