"""A conversation read back, against the frames that were seen."""

from collections.abc import Callable
from typing import Any

import pytest
from hamcrest import assert_that

from countersign.expect.chattrain.read_back import ReadBack, averages_its_scores, reads_back_completely
from countersign.systems.chattrain.model import Exchange, Frame


def frame(kind: str, **data: Any) -> Frame:
    return Frame(kind, str(data.get("content", "")), "", 0.0, data)


def exchange(number: int, score: int) -> Exchange:
    metadata = {
        "keyword_matches": {"matched": ["help"], "missed": [], "match_percentage": 100},
        "quality_scores": {"empathy": 0.5},
    }
    return Exchange(
        f"line {number}",
        0.0,
        (
            frame("message_received", message_id=2 * number),
            frame("assistant_message", message_id=2 * number + 1, content=f"answer {number}"),
            frame("evaluation_feedback", content="good", score=score, suggestions=["more"], metadata=metadata),
        ),
    )


def stored(number: int, score: int) -> list[dict[str, Any]]:
    evaluation = {
        "score": score,
        "feedback": "good",
        "suggestions": ["more"],
        "keyword_matches": {"matched": ["help"], "missed": []},
        "quality_scores": {"empathy": 0.5},
    }
    line = {"id": 2 * number, "role": "user", "content": f"line {number}", "evaluation": evaluation}
    return [line, {"id": 2 * number + 1, "role": "assistant", "content": f"answer {number}"}]


def read_back(items: list[dict[str, Any]], average: Any = 75.0) -> ReadBack:
    return ReadBack("Ben's session 4", [exchange(1, 70), exchange(2, 80)], items, {"average_score": average})


def both() -> list[dict[str, Any]]:
    return [*stored(1, 70), *stored(2, 80)]


def test_what_was_seen_is_read_back() -> None:
    assert_that(read_back(both()), reads_back_completely())


BROKEN: list[tuple[Callable[[list[dict[str, Any]]], Any], str]] = [
    (lambda items: items.clear(), "Ben's session 4: 0 of 2 messages were read back, and 0 answers"),
    (lambda items: items.pop(), "2 of 2 messages were read back, and 1 answers"),
    (lambda items: items.reverse(), "message 1: speakers"),
    (lambda items: items[2].update(content="line 1"), "message 2: text: read back was 'line 1', seen was 'line 2'"),
    (lambda items: items[2].update(id=2), "message 2: number"),
    (lambda items: items[1].update(content="other"), "message 1: answer"),
    (lambda items: items[0]["evaluation"].update(score=71), "message 1: score: read back was 71, seen was 70"),
    (lambda items: items[0]["evaluation"].update(feedback="bad"), "message 1: comment"),
    (lambda items: items[0]["evaluation"].update(suggestions=[]), "message 1: suggestions"),
    (lambda items: items[0].update(evaluation=None), "message 1: read back without its score and comment"),
]


@pytest.mark.parametrize(("breaks", "reason"), BROKEN)
def test_every_difference_is_named(breaks: Callable[[list[dict[str, Any]]], Any], reason: str) -> None:
    items = both()
    breaks(items)
    with pytest.raises(AssertionError) as refuted:
        assert_that(read_back(items), reads_back_completely())
    assert reason in str(refuted.value)


def test_the_average_is_that_of_the_scores() -> None:
    assert_that(read_back(both(), 75.04), averages_its_scores())
    for wrong in (80, None, True):
        with pytest.raises(AssertionError, match=r"the scores shown average 75\.00"):
            assert_that(read_back(both(), wrong), averages_its_scores())
