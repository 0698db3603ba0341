"""What nurses see and do: the queue, lists, decisions, reports in somebody's hands, figures."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from countersign.expect.hearing import told_truly
from countersign.expect.medassist.decided import (
    Attempt,
    Duel,
    Overridden,
    approved_by,
    changed_nothing,
    closed_by_decision,
    decided_nothing,
    keeps_both,
    told_the_same,
    won_by_one,
)
from countersign.expect.medassist.emergency import heading_the_queue
from countersign.expect.medassist.figures import Clocked, TwoReadings, as_clocked, grew_as_due, rated_at
from countersign.expect.medassist.held import (
    Rush,
    Step,
    TriedToTake,
    held_by,
    left_with_its_nurse,
    not_theirs,
    taken_by_one,
    tells,
    waiting_for_anybody,
)
from countersign.expect.medassist.listed import (
    Filtered,
    Found,
    Paged,
    SessionList,
    found_all,
    only_matches,
    paged_through,
    sessions_as_asked,
)
from countersign.expect.medassist.nurse_queue import Counted, TwoLooks, growing, holding, in_order, truly_counted
from countersign.expect.medassist.question import Asked, reached_once
from countersign.systems.medassist.report_model import Decision
from tests.expect.medassist_reports import AROUND_NOON, AT_NOON, AT_TWO, approved, queue, report, session, waiting
from tests.expect.telling import answer, told

FIRST = waiting("f", "immediate", flagged=True, minute=5)
RAISED = waiting("r", "immediate", minute=1)
OLD, NEW = waiting("o", minute=2), waiting("n", minute=3)


def test_a_queue_is_in_order_of_danger_and_waiting() -> None:
    assert told(in_order(), queue(FIRST, RAISED, OLD, NEW)) == ""
    assert told(in_order(), queue(FIRST, RAISED, NEW, OLD)).startswith("number 3 (urgent, without red flags")
    assert "number 1" in told(in_order(), queue(RAISED, FIRST))
    assert "has to stand" in told(in_order(("o", "n")), queue(NEW, OLD))
    assert told(in_order(), queue()) == "the queue is empty"


def test_an_emergency_heads_the_queue_unless_an_older_one_does() -> None:
    emergency = report(id="f", urgency="immediate", red_flags=("chest_pain",), created_at=FIRST.created_at)
    older = waiting("e", "immediate", flagged=True, minute=1)
    assert told(heading_the_queue(), (queue(older, FIRST, OLD), emergency)) == ""
    assert "behind one that is urgent" in told(heading_the_queue(), (queue(OLD, FIRST), emergency))
    assert "the report is urgent" in told(heading_the_queue(), (queue(OLD), report()))


def test_a_queue_holds_each_report_once() -> None:
    assert told(holding(("f", "o"), without=("n",)), queue(FIRST, OLD)) == ""
    assert told(holding(("f", "o")), queue(FIRST, FIRST)) == "1 of them are missing; 1 of them are there twice"
    assert told(holding((), without=("n",)), queue(NEW)) == "1 that have to be gone are there"


def test_counters_count_every_match() -> None:
    everything = (FIRST, RAISED, OLD)
    assert told(truly_counted(), Counted("a page", queue(*everything), everything)) == ""
    assert "total is 2, there are 3" in told(truly_counted(), Counted("a page", queue(FIRST, RAISED), everything))
    flagged = queue(FIRST, FIRST, OLD)
    assert "urgent is 1, there are 2" in told(truly_counted(), Counted("a page", flagged, (FIRST, OLD, NEW)))
    assert "nothing was counted" in told(truly_counted(), Counted("a page", queue(), ()))


def test_waiting_times_grow_with_the_clock() -> None:
    assert told(growing(), TwoLooks("r", 1.0, 1.02, 1.0, 1.4)) == ""
    assert "from 1.0000 to 1.0000" in told(growing(), TwoLooks("r", 1.0, 1.0, 0.1, 0.4))
    assert "0.10 to 0.40 s passed" in told(growing(), TwoLooks("r", 1.0, 2.0, 0.1, 0.4))


def test_filters_bring_what_matches_and_nothing_else() -> None:
    wanted = {"urgency": "urgent"}
    assert told(only_matches(), Filtered(wanted, (OLD, NEW), ("o", "n", "f"), ("o", "n"))) == ""
    assert "whose urgency is immediate" in told(only_matches(), Filtered(wanted, (FIRST,), ("f",), ()))
    assert "1 reports that match are missing" in told(only_matches(), Filtered(wanted, (OLD,), ("o", "n"), ("o", "n")))
    assert "came twice" in told(only_matches(), Filtered(wanted, (OLD, OLD), ("o",), ("o",)))
    assert told(only_matches(), Filtered({"status": "escalated"}, (), ("o",), ())) == ""


def test_pages_show_every_report_once() -> None:
    assert told(paged_through(), Paged(2, (("a", "b"), ("c",)), ("a", "b", "c"))) == ""
    assert "1 of 3 are missing and 1 came again" in told(
        paged_through(), Paged(2, (("a", "b"), ("b",)), ("a", "b", "c"))
    )
    assert "another order" in told(paged_through(), Paged(2, (("b", "a"),), ("a", "b")))
    assert "more than the 2" in told(paged_through(), Paged(2, (("a", "b", "c"),), ("a", "b", "c")))


def test_sessions_are_listed_as_asked() -> None:
    mixed = (session("escalated", "e"), session("active", "a"))
    assert told(sessions_as_asked(), SessionList("", mixed, ("e", "a"))) == ""
    assert "before an escalated one" in told(sessions_as_asked(), SessionList("", mixed[::-1], ()))
    assert "1 are escalated" in told(sessions_as_asked(), SessionList("active", mixed, ()))
    assert "1 of 1 completed sessions are missing" in told(sessions_as_asked(), SessionList("completed", (), ("c",)))


def test_a_search_brings_what_holds_its_words() -> None:
    assert told(found_all(), Found("heron", ("a", "b"), ("b", "a"))) == ""
    assert (
        told(found_all(), Found("heron", ("a", "x"), ("b", "a")))
        == "'heron' brought 2 reports, 1 of the 2 that hold it"
    )


def test_an_approval_tells_who_and_when() -> None:
    expected = approved_by("Nora", "nora", "Agreed.", AROUND_NOON)
    assert told(expected, approved()) == ""
    assert "it is pending" in told(expected, report())
    assert "it was decided by nils" in told(expected, approved(reviewed_by_id="nils"))
    assert "it was done from 12:00:00" in told(expected, approved(reviewed_at=AT_TWO))
    assert "no time in UTC" in told(expected, approved(reviewed_at="2026-11-20T14:00:00+02:00"))
    assert "note is None" in told(expected, approved(notes=None))


def test_a_refused_wish_decides_nothing() -> None:
    assert told(decided_nothing(), Attempt("a blank reason", answer(422), report())) == ""
    assert (
        told(decided_nothing(), Attempt("a blank reason", answer(200), approved())) == "a blank reason was answered 200"
    )
    assert "the report is reviewed" in told(decided_nothing(), Attempt("a blank reason", answer(422), approved()))
    assert told(changed_nothing(approved()), Attempt("again", answer(409), approved())) == ""
    changed = told(changed_nothing(approved()), Attempt("again", answer(409), approved(approved=False, notes=None)))
    assert changed == "again changed approved, notes"


def test_an_override_keeps_both_texts() -> None:
    after = approved(approved=False, override_reason="because", override_assessment="rather this")
    assert told(keeps_both(), Overridden(report(), after, "because", "rather this")) == ""
    assert "the AI's assessment reads" in told(
        keeps_both(), Overridden(report(assessment="another"), after, "because", "rather this")
    )
    assert "the reason reads" in told(keeps_both(), Overridden(report(), after, "otherwise", "rather this"))


def test_one_of_two_decisions_holds() -> None:
    nurses = {True: "nora", False: "nils"}
    assert told(won_by_one(), Duel({True: answer(200), False: answer(409)}, nurses, approved())) == ""
    both = Duel({True: answer(200), False: answer(200)}, nurses, approved())
    assert told(won_by_one(), both) == "the two decisions were answered 200 and 200"
    lost = Duel({True: answer(409), False: answer(200)}, nurses, approved())
    assert "not the one that was accepted" in told(won_by_one(), lost)
    mixed = Duel({True: answer(200), False: answer(409)}, nurses, approved(override_reason="because"))
    assert "parts of the refused decision" in told(won_by_one(), mixed)


def test_everybody_reads_one_decision() -> None:
    assert told(told_the_same(), {"Nora": approved(), "Nils": approved()}) == ""
    assert (
        told(told_the_same(), {"Nora": approved(), "Nils": approved(notes=None)}) == "Nora and Nils read another notes"
    )
    assert told(told_the_same(), {"Nora": approved()}) == "only Nora has read it"


def test_a_decision_closes_the_session() -> None:
    assert told(closed_by_decision(), session("completed", completed_at=AT_NOON, par={"reviewed": True})) == ""
    assert "it is active" in told(closed_by_decision(), session())
    assert "shown as None" in told(closed_by_decision(), session("completed", completed_at=AT_NOON))


@dataclass(frozen=True)
class _Heard:
    seconds: float | None
    told_as: Any
    approved: bool


def test_a_decision_is_told_in_the_chat() -> None:
    said = {"status": "reviewed", "approved": True}
    assert told(told_truly(1), _Heard(0.2, said, True)) == ""
    assert told(told_truly(1), _Heard(1.2, said, True)) == "it took 1.20 s"
    assert "was approved False" in told(told_truly(1), _Heard(0.2, said, False))
    assert "no word of it" in told(told_truly(1), _Heard(None, None, True))


def test_a_report_is_in_one_pair_of_hands() -> None:
    taken = report(status="in_review", assigned_nurse_id="nora")
    assert told(held_by("Nora", "nora"), taken) == ""
    assert told(held_by("Nils", "nils"), taken) == "it is in_review and held by nora"
    assert told(waiting_for_anybody(), report()) == ""
    assert told(waiting_for_anybody(), taken) == "it is in_review and held by nora"
    refused = answer(409, json.dumps({"code": "ASSIGNED_TO_OTHER"}).encode())
    assert told(not_theirs(), TriedToTake("taking it", refused)) == ""
    assert told(not_theirs(), TriedToTake("taking it", answer(200))) == "taking it was answered 200"
    assert "another reason (None)" in told(not_theirs(), TriedToTake("taking it", answer(409)))


def test_one_of_many_nurses_gets_a_report() -> None:
    taken = report(status="in_review", assigned_nurse_id="a")
    assert told(taken_by_one(), Rush((("a", answer(200)), ("b", answer(409))), taken)) == ""
    assert "2 of 2 were told" in told(taken_by_one(), Rush((("a", answer(200)), ("b", answer(200))), taken))
    assert "answered 500" in told(taken_by_one(), Rush((("a", answer(200)), ("b", answer(500))), taken))
    assert "somebody else" in told(taken_by_one(), Rush((("b", answer(200)), ("a", answer(409))), taken))


def test_the_history_tells_every_step() -> None:
    left = report(status="in_review", assigned_nurse_id="nora")
    taken = Step("taking it", "nora", "pending", "in_review", AROUND_NOON, left, holder="nora")
    line = Decision("assign", "nora", None, "pending", "in_review", AT_NOON, {})
    assert told(left_with_its_nurse(), taken) == ""
    assert "held by nobody" in told(
        left_with_its_nurse(), Step("taking it", "nora", "pending", "in_review", AROUND_NOON, report(), holder="nora")
    )
    assert told(tells((taken,)), [line]) == ""
    assert told(tells((taken,)), []) == "it tells 0 steps: none"
    assert "of the account nils" in told(
        tells((taken,)), [Decision("assign", "nils", None, "pending", "in_review", AT_NOON, {})]
    )
    assert "its time is" in told(
        tells((taken,)), [Decision("assign", "nora", None, "pending", "in_review", AT_TWO, {})]
    )


def test_a_question_reaches_the_patient_once() -> None:
    once = (("system", "Since when?"),)
    assert told(reached_once(), Asked("Since when?", once, (("user", "Toothache"), *once))) == ""
    assert told(reached_once(), Asked("Since when?", (), once)) == "in the chat the question stands 0 times"
    assert told(reached_once(), Asked("Since when?", once, once * 2)) == "in the history the question stands 2 times"
    as_patient = (("user", "Since when?"),)
    assert "word of the user" in told(reached_once(), Asked("Since when?", as_patient, once))


@pytest.mark.parametrize(("grown", "said"), [(2, ""), (1, "they grew: total_pars by 1 instead of 2")])
def test_figures_grow_by_what_happened(grown: int, said: str) -> None:
    before, after = {"total_pars": 5}, {"total_pars": 5 + grown}
    assert told(grew_as_due(), TwoReadings(before, after, {"total_pars": 2})) == said


def test_rates_and_times_are_true() -> None:
    assert told(rated_at(0.7, 0.3), {"approval_rate": 0.7, "override_rate": 0.3}) == ""
    assert "approval rate is 0.850" in told(rated_at(0.7, 0.3), {"approval_rate": 0.85, "override_rate": 0.15})
    assert told(as_clocked(), Clocked("the wait", 0.011, 0.01, 0.012)) == ""
    assert "told as 12.000 minutes" in told(as_clocked(), Clocked("the wait", 12.0, 0.01, 0.012))
    assert "told as 0.000 minutes" in told(as_clocked(), Clocked("the wait", 0.0, 0.01, 0.012))
    assert "told as nothing" in told(as_clocked(), Clocked("the wait", None, 0.01, 0.012))
