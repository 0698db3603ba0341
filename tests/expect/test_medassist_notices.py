"""What nurses and patients get who were away, and which notices there have to be."""

from countersign.expect.medassist.notices import Announced, each_announced_once
from countersign.expect.medassist.replay import Return, replayed_exactly
from countersign.systems.medassist.socket import Frame
from expect.telling import told


def back(*numbers: int, after: int = 3, last: int = 6) -> str:
    return told(replayed_exactly(), Return("Nora", after, last, numbers))


def test_what_was_missed_comes_once_in_order_and_before_anything_new() -> None:
    assert back(4, 5, 6) == ""
    assert back(4, 5, 6, 7, 8) == ""
    assert back(after=6) == ""
    assert back(3, 4, 5) == "Nora, back after number 3 of 6, was not shown number 6 and was shown number 3 again"
    assert back(4, 5, 6, 6) == "Nora, back after number 3 of 6, was shown number 6 again"
    assert back(4, 6, 5) == "Nora, back after number 3 of 6, was shown 6 where 5 was due"
    assert back(4, 5, 7, 6) == "Nora, back after number 3 of 6, was shown 7 where 6 was due"
    assert back() == "Nora, back after number 3 of 6, was not shown number 4, 5, 6"
    assert "was not shown 10 numbers (4, 5, 6, 7, 8 ...)" in back(last=13)


def notice(kind: str, **payload: str) -> Frame:
    return Frame(kind, {"par_id": "r1", **payload}, "2026-11-20T10:00:00Z", 0.0, 1, {})


NEW, FLAG, DECIDED = notice("new_par"), notice("red_flag_alert"), notice("par_update", status="reviewed")


def announced(*notices: Frame) -> str:
    return told(each_announced_once(), Announced("Nora", notices, ["r1"], ["r1"]))


def test_every_report_red_flag_and_decision_is_announced_once() -> None:
    assert announced(FLAG, NEW, notice("par_update", status="pending"), DECIDED) == ""
    assert announced(FLAG, NEW) == "Nora had 0 notices of the decision on report r1"
    assert announced(FLAG, NEW, NEW, DECIDED) == "Nora had 2 notices of the new report r1"
    assert announced(NEW, DECIDED) == "Nora had 0 notices of the red flag of report r1"
    assert (
        told(each_announced_once(), Announced("Nora", [], [], []))
        == "there were no reports or no decisions to announce"
    )
