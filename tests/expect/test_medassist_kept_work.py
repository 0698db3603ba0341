"""Confirmed work after a break: whole and once, or named with what is missing."""

from dataclasses import replace

from countersign.expect.delivery_record import Confirmation, Sending
from countersign.expect.medassist.confirmed import confirmed_alike
from countersign.expect.medassist.kept_work import (
    KeptDecision,
    KeptDeployment,
    KeptMessages,
    Registry,
    decided_once,
    deployed_once,
    each_noted_once,
    one_version_active,
)
from expect.telling import told

DECISION = KeptDecision("r1", True, True, True, 1, 1, "completed")


def test_a_decision_is_wholly_there_once() -> None:
    assert told(decided_once(), DECISION) == ""
    assert told(decided_once(), replace(DECISION, steps=None)) == ""
    assert told(decided_once(), replace(DECISION, reviewed=False, approved=None)) == (
        "report r1 was confirmed as approved and is found as reviewed False, approved None"
    )
    assert told(decided_once(), replace(DECISION, approved=False)).endswith("approved False")
    assert told(decided_once(), replace(DECISION, steps=2)) == "report r1 has 2 approvals in its history"
    assert told(decided_once(), replace(DECISION, noted=0)) == "report r1 is approved with 0 entries in the audit trail"
    assert told(decided_once(), replace(DECISION, session="escalated")) == (
        "report r1 is approved and its session is escalated"
    )


def test_a_deployment_is_kept_and_noted_once() -> None:
    kept = KeptDeployment("1.0.3", "d1", "success", 1)
    assert told(deployed_once(), kept) == ""
    assert told(deployed_once(), replace(kept, found="nothing (404)")) == (
        "the deployment d1 of version 1.0.3 was confirmed and is found as nothing (404)"
    )
    assert told(deployed_once(), replace(kept, noted=2)).endswith("has 2 entries in the audit trail")


def test_the_version_deployed_last_is_alone_active() -> None:
    assert told(one_version_active(), Registry("1.0.9", ("1.0.9",), "1.0.9")) == ""
    assert told(one_version_active(), Registry("1.0.9", ("1.0.9", "1.0.8"), "1.0.9")) == (
        "deployed last was 1.0.9, active are 1.0.9, 1.0.8, served is 1.0.9"
    )
    assert "active are none" in told(one_version_active(), Registry("1.0.9", (), None))


def test_the_trail_tells_of_every_kept_message_and_of_no_other() -> None:
    assert told(each_noted_once(), KeptMessages("s1", ("a", "b"), ("b", "a"))) == ""
    assert told(each_noted_once(), KeptMessages("s1", ("a", "b"), ("a",))) == (
        "message b of s1 has 0 entries in the audit trail"
    )
    assert told(each_noted_once(), KeptMessages("s1", ("a",), ("a", "c"))) == (
        "the audit trail tells of message c of s1, which is not kept"
    )


def test_a_message_sent_twice_is_confirmed_alike() -> None:
    one, other = Confirmation("a", 1), Confirmation("b", 2)
    assert told(confirmed_alike(), Sending("m1", "one", (one, one), times=2)) == ""
    assert told(confirmed_alike(), Sending("m1", "one", (one, other), times=2)) == (
        "message m1, sent 2 times, was confirmed as a (1), b (2)"
    )
    assert told(confirmed_alike(), Sending("m1", "one", (one,), times=2)).endswith("was confirmed as a (1)")
