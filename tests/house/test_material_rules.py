"""Users, scenarios, lines and limits live in `personas/`: no such value stands in code or features (CT-SUITE-11)."""

import re

import pytest

from .repository import ROOT

VALUES = re.compile(r"pilot_user_\d|customer_service_v\d|claim_handling_v\d|problem_resolution_v\d")


def values_in(text: str) -> list[str]:
    """Give the values of the material that a text repeats."""
    return VALUES.findall(text)


@pytest.mark.parametrize(("text", "found"), [('name = "pilot_user_1"', ["pilot_user_1"]), ('actor("Ben")', [])])
def test_the_rule_finds_what_it_is_for(text: str, found: list[str]) -> None:
    assert values_in(text) == found


def test_no_value_of_the_material_stands_in_code() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {value}"
        for room in ("steps", "countersign", "features")
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".feature"}
        for value in values_in(path.read_text(encoding="utf-8"))
    }
    assert not found, "move these to personas/material and speak of them by name: " + ", ".join(sorted(found))
