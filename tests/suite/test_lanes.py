"""Sharing features out: nothing is lost or done twice, and the longest work does not wait for the rest."""

import json
from pathlib import Path

from countersign.suite.sharing import LanePlan, earlier_durations, expected_seconds, plan_lanes, share_out
from countersign.verdict.records import Planned


def planned(file: str, line: int, *tags: str) -> Planned:
    return Planned(f"{file}:{line}", f"{file} {line}", "F", file, line, "chattrain", (), tags)


PLAN = [
    planned("long.feature", 1, "patient"),
    *(planned("many.feature", line) for line in range(20)),
    planned("hurt.feature", 1, "fault"),
    planned("hurt.feature", 2, "fault"),
    planned("short.feature", 1),
]


def test_every_file_is_in_exactly_one_lane() -> None:
    for jobs in range(1, 8):
        shared = share_out(PLAN, jobs)
        assert sorted(file for lane in shared for file in lane) == sorted({entry.file for entry in PLAN})
        assert len(shared) == min(jobs, 4)


def test_the_longest_file_has_a_lane_of_its_own() -> None:
    assert ["long.feature"] in share_out(PLAN, 2)


def test_nothing_selected_gives_no_lane() -> None:
    assert share_out([], 3) == []


def test_the_slowest_tag_counts() -> None:
    assert expected_seconds(planned("f", 1, "fault", "patient")) > expected_seconds(planned("f", 1, "fault"))


def test_the_browser_is_needed_in_one_lane_only() -> None:
    pages = [planned("a.feature", 1, "browser"), planned("b.feature", 1, "browser"), planned("c.feature", 1)]
    shared = share_out([*PLAN, *pages], 4)
    assert sum("a.feature" in lane or "b.feature" in lane for lane in shared) == 1
    assert sorted(file for lane in shared for file in lane) == sorted({entry.file for entry in [*PLAN, *pages]})


HEAVY = [*PLAN, planned("crowd.feature", 1, "load")]


def test_load_comes_last_and_alone_beside_nothing_but_silence() -> None:
    lanes = plan_lanes(HEAVY, 3, shared=False, durations={})
    assert [lane.files for lane in lanes if lane.alone] == [("crowd.feature",)]
    assert [lane.files for lane in lanes if lane.idle] == [("long.feature",)]
    assert sum(not lane.alone for lane in lanes) == 3
    assert sorted(file for lane in lanes for file in lane.files) == sorted({entry.file for entry in HEAVY})


def test_silence_goes_on_beside_the_others_where_nobody_asked_for_a_number() -> None:
    silent = [*HEAVY, planned("quiet.feature", 1, "patient")]
    lanes = plan_lanes(silent, 2, shared=False, durations={}, idle_beside=True)
    assert [lane.files for lane in lanes if lane.idle] == [("long.feature", "quiet.feature")]
    assert sum(not lane.alone and not lane.idle for lane in lanes) == 2


def test_on_a_shared_system_whatever_hurts_comes_last_and_alone() -> None:
    lanes = plan_lanes(HEAVY, 3, shared=True, durations={})
    assert [lane.files for lane in lanes if lane.alone] == [("crowd.feature", "hurt.feature")]
    assert not any(lane.idle for lane in lanes)


def test_one_process_does_everything_in_turn() -> None:
    assert plan_lanes(HEAVY, 1, shared=False, durations={})[-1] == LanePlan(("crowd.feature",), alone=True)
    assert len(plan_lanes(HEAVY, 1, shared=False, durations={})) == 2


def test_what_a_scenario_took_the_last_time_is_expected_again(tmp_path: Path) -> None:
    signoff = tmp_path / "signoff.json"
    assert earlier_durations(signoff) == {}
    signoff.write_text(json.dumps({"scenarios": [{"file": "f", "name": "f 1", "seconds": 7.5}]}))
    assert expected_seconds(planned("f", 1, "load"), earlier_durations(signoff)) == 7.5
    signoff.write_text("{}")
    assert earlier_durations(signoff) == {}
