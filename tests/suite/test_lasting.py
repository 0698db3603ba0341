"""What a run shares is made once, and undone in reverse order, whatever fails on the way."""

from countersign.suite.lasting import Lasting


def test_it_is_made_once() -> None:
    lasting = Lasting()
    first = lasting.get(list, list)
    assert lasting.get(list, list) is first
    assert lasting.get(dict, dict) == {}


def test_it_is_undone_last_in_first_out_and_failures_are_told() -> None:
    lasting, done = Lasting(), list[str]()

    def fails() -> None:
        raise ValueError("the door is shut")

    lasting.at_end(lambda: done.append("first"), "the first")
    lasting.at_end(fails, "the second")
    lasting.at_end(lambda: done.append("third"), "the third")
    assert lasting.close() == [("the second", "the door is shut")]
    assert done == ["third", "first"]
    assert lasting.close() == []
