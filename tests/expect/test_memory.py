"""What a system still knows of a conversation, message by message."""

import pytest
from hamcrest import assert_that

from countersign.errors import ContractBroken
from countersign.expect.chattrain.memory import remembers_exactly
from countersign.systems.chattrain.stored import Stored, all_stored, read_stored
from expect.frames import exchange, frame, rated, said_of

LINE, REPLY = Stored(1, "user", "hello", 50, "Good."), Stored(2, "assistant", "I see.")
ITEM = {"id": 1, "role": "user", "content": "hello", "evaluation": {"score": 50, "feedback": "Good."}}


def test_every_way_of_telling_holds_every_message() -> None:
    matcher = remembers_exactly([LINE, REPLY])
    assert_that({"on rejoining": [LINE, REPLY], "read back": [LINE, REPLY]}, matcher)
    assert said_of(matcher, {"on rejoining": [LINE, REPLY], "read back": []}) == (
        "read back holds 0 messages; message 1 is nothing "
        "instead of the trainee's 'hello' (number 1, rated 50: 'Good.')"
    )
    assert "message 3 is the customer's 'I see.' (number 2) instead of nothing" in (
        said_of(matcher, {"on rejoining": [LINE, REPLY, REPLY]})
    )
    assert "(number 1, not rated)" in said_of(matcher, {"on rejoining": [Stored(1, "user", "hello"), REPLY]})
    assert said_of(matcher, {}) == "the system offers no way to see it again"


def test_stored_items_are_read_with_and_without_rating() -> None:
    assert read_stored(ITEM) == LINE
    assert read_stored({**ITEM, "evaluation": None}) == Stored(1, "user", "hello")
    with pytest.raises(ContractBroken, match="has no content"):
        read_stored({"id": 1, "role": "user"})


def test_an_exchange_tells_what_must_be_kept_of_it() -> None:
    whole = rated("hello", 50, "Good.")
    receipt, reply, feedback = whole.frames
    numbered = exchange(
        frame("message_received", message_id=1),
        frame("assistant_message", message_id=2, content=reply.content, metadata={}),
        feedback,
    )
    assert all_stored([numbered]) == [LINE, REPLY]
    with pytest.raises(ContractBroken, match="the receipt has no message_id"):
        all_stored([whole])
    with pytest.raises(ContractBroken, match="no assistant_message"):
        all_stored([exchange(frame("message_received", message_id=1), feedback)])
    assert receipt.type == "message_received"
