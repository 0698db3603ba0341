"""Read what a system tells field by field, and say in one sentence what is not as its contract promises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from countersign.errors import ContractBroken


@dataclass(frozen=True)
class Reading:
    """The reader of one system's answers; every method raises ContractBroken that names the system and the place."""

    system: str

    def need(self, data: Any, field: str, kind: type | tuple[type, ...], where: str) -> Any:
        """Give a field of an answer, which must be there and of this kind (a bool is no number)."""
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(data, Mapping):
            raise ContractBroken(f"{self.system}: {where} is {type(data).__name__}, expected an object")
        if field not in data:
            raise ContractBroken(f"{self.system}: {where} has no {field}")
        value = data[field]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = " or ".join(item.__name__ for item in kinds)
            raise ContractBroken(f"{self.system}: {field} of {where} is {value!r}, expected {names}")
        return value

    def moment(self, text: Any, where: str) -> datetime:
        """Read a time, which must come with its zone."""
        try:
            read = datetime.fromisoformat(text)
        except (TypeError, ValueError) as error:
            raise ContractBroken(
                f"{self.system}: {where} is {text!r}, expected a time like 2026-11-20T10:00:00Z"
            ) from error
        if read.tzinfo is None:
            raise ContractBroken(f"{self.system}: {where} is {text!r}, a time without its zone")
        return read

    def texts(self, values: Any, where: str) -> tuple[str, ...]:
        """Read a list of texts."""
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ContractBroken(f"{self.system}: {where} is {values!r}, expected a list of texts")
        return tuple(values)
