"""One end on the wall clock."""

import time

import pytest

from countersign.errors import DeadlineExceeded
from countersign.transport import Deadline


def test_it_counts_down_and_expires() -> None:
    deadline = Deadline(0.05, "the reply")
    assert 0 < deadline.remaining <= 0.05
    deadline.check()
    time.sleep(0.06)
    assert deadline.expired
    assert deadline.remaining == 0.0


def test_the_message_says_what_was_awaited_and_last_seen() -> None:
    deadline = Deadline(0, "chattrain: the customer's reply")
    with pytest.raises(DeadlineExceeded, match=r"the customer's reply: expected within 0 s, .*last seen: receipt"):
        deadline.check("receipt")


def test_a_running_deadline_is_gone_on_with() -> None:
    deadline = Deadline(5, "all of it")
    assert Deadline.of(deadline, "a part") is deadline
    assert Deadline.of(2.5, "a part").seconds == 2.5
