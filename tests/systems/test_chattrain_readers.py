"""The pure readers of ChatTrain's answers: times, content care, values of the material."""

import pytest

from countersign.errors import ContractBroken
from countersign.journeys.written import text_of, written
from countersign.systems.chattrain.content import Reload, read_reload
from countersign.systems.stamps import times_in


def test_times_are_found_by_name_and_by_look() -> None:
    data = {
        "created_at": "2026-11-20T10:00:00Z",
        "completed_at": None,
        "items": [{"timestamp": 1795000000}, {"content": "2026-11-20 10:00 was when it began"}],
        "modified": "yesterday",
        "title": "On 2026-11-20",
    }
    assert list(times_in(data, "a session")) == [
        ("created_at of a session", "2026-11-20T10:00:00Z"),
        ("timestamp of items of a session, number 1", 1795000000),
        ("content of items of a session, number 2", "2026-11-20 10:00 was when it began"),
        ("modified of a session", "yesterday"),
    ]


def test_a_reload_is_read_or_named_as_broken() -> None:
    told = {"success": True, "scenarios_loaded": 1, "errors": [], "available_scenarios": ["a"]}
    assert read_reload(told) == Reload(True, 1, (), ("a",))
    with pytest.raises(ContractBroken, match="errors of the answer to the reload"):
        read_reload({**told, "errors": [1]})
    with pytest.raises(ContractBroken, match="success"):
        read_reload({**told, "success": "yes"})


def test_values_of_the_material() -> None:
    assert len(text_of(2001)) == 2001
    assert written({"characters": 3}) == "abc"
    assert written({"other": 3}) == {"other": 3}
