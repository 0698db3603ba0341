"""The history checker: a sound history passes, and every kind of trouble is named with its id."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.delivery import all_with_the_fate, anomalies, everything_delivered_once, fates
from countersign.expect.delivery_record import Confirmation, Conversation, Kept, Seen, Sending, View
from expect.telling import told

FIRST = Sending("m1", "one", (Confirmation("a", 1),))
SECOND = Sending("m2", "two", (Confirmation("b", 3),))
KEPT = (
    Kept("a", 1, "one", "m1", asks=True),
    Kept("x", 2, "re one", answers="a"),
    Kept("b", 3, "two", "m2", asks=True),
    Kept("y", 4, "re two", answers="b"),
)
SENDER = View(
    "tab 1",
    (
        Seen("a", 1, kind="confirmation"),
        Seen("b", 3, kind="confirmation"),
        Seen("x", 2, "re one", "answer"),
        Seen("y", 4, "re two", "answer", line=1),
    ),
)
WATCHER = View("tab 2", tuple(Seen(item.id, item.number, item.text) for item in KEPT))
TALK = Conversation("Pia", (FIRST, SECOND), KEPT, (SENDER, WATCHER))
OTHER = Conversation(
    "Paul",
    (Sending("p1", "hi", (Confirmation("q", 1),)),),
    (Kept("q", 1, "hi", "p1"),),
    (View("tab 3", (Seen("q", 1),)),),
)


def kept(*items: Kept) -> Conversation:
    return replace(TALK, kept=items, views=())


def shown(*items: Seen, after: int = 0, words: str = "") -> Conversation:
    return replace(TALK, views=(View("tab 2", items, after=after, words=words),))


ALL = WATCHER.seen
WRONG = {
    "lost: Pia: message m2 (b, number 3) was confirmed and is not kept": kept(*KEPT[:2]),
    "lost: Pia: nothing bears the number(s) 2 of 1 to 4": kept(KEPT[0], *KEPT[2:]),
    "doubled: Pia: the number 3 is borne by b, y": kept(*KEPT[:3], replace(KEPT[3], number=3)),
    "doubled: Pia: message m1 is kept 2 times, as a, c": kept(*KEPT, Kept("c", 5, "one", "m1")),
    "doubled: Pia: message m2 (number 3) has 2 answers: y, z": kept(*KEPT, Kept("z", 5, "re two", answers="b")),
    "doubled: Pia: message m1 was confirmed as a (1) and as c (5)": replace(
        TALK, sendings=(replace(FIRST, confirmations=(Confirmation("a", 1), Confirmation("c", 5)), times=2), SECOND)
    ),
    "doubled: Pia: message m1, sent 1 time(s), had 2 confirmations": replace(
        TALK, sendings=(replace(FIRST, confirmations=FIRST.confirmations * 2), SECOND)
    ),
    "doubled: Pia: message m3 was refused and is kept all the same": replace(
        kept(*KEPT, Kept("c", 5, "three", "m3")), sendings=(FIRST, SECOND, Sending("m3", "three", refused=True))
    ),
    "altered: Pia: message m1 (a, number 1) is kept with other words: 'on'": kept(
        replace(KEPT[0], text="on"), *KEPT[1:]
    ),
    "altered: Pia: message m1 (a, number 1) is kept under the number 5": kept(replace(KEPT[0], number=5), *KEPT[1:]),
    "unconfirmed: Pia: message m3 was never confirmed although the connection stood": replace(
        TALK, sendings=(FIRST, SECOND, Sending("m3", "three"))
    ),
    "unanswered: Pia: message m2 (number 3) has no answer": kept(*KEPT[:3]),
    "foreign: Pia: the answer z belongs to q, which is not of this conversation": kept(
        *KEPT, Kept("z", 5, answers="q")
    ),
    "foreign: Pia: c (number 5) is kept and nobody here sent it": kept(*KEPT, Kept("c", 5, "?", asks=True)),
    "out of order: Pia: message number 1 was answered after number 2": kept(
        KEPT[0], replace(KEPT[2], number=2), replace(KEPT[3], number=3), replace(KEPT[1], number=4)
    ),
    "out of order: Pia: message m2 (number 3) has an answer with the earlier number 2": kept(
        KEPT[0], replace(KEPT[3], number=2), KEPT[2], replace(KEPT[1], number=4)
    ),
    "lost: Pia: tab 2 was not shown number(s) 4, the first is y": shown(*ALL[:3]),
    "doubled: Pia: tab 2 was shown x (number 2) 2 times": shown(*ALL[:2], *ALL[1:]),
    "out of order: Pia: tab 2 was shown x (2) after number 3": shown(ALL[0], ALL[2], ALL[1], ALL[3]),
    "foreign: Pia: tab 2 was shown q (number 1), which is not kept here": shown(*ALL, Seen("q", 1, kind="answer")),
    "altered: Pia: tab 2 was shown x (number 2) otherwise than it is kept": shown(
        ALL[0], replace(ALL[1], text="?"), *ALL[2:]
    ),
    "foreign: Pia: tab 2 was shown p1, which belongs to Paul": shown(*ALL, words="re p1"),
    "foreign: Pia: y (number 4) holds p1, which belongs to Paul": kept(*KEPT[:3], replace(KEPT[3], text="re p1")),
}


def test_a_sound_history_has_no_anomaly() -> None:
    assert anomalies([TALK, OTHER]) == []
    assert_that([TALK, OTHER], everything_delivered_once(3))


@pytest.mark.parametrize("name", WRONG)
def test_every_trouble_is_named_with_its_id(name: str) -> None:
    assert name in [str(anomaly) for anomaly in anomalies([WRONG[name], OTHER])]


def test_what_was_there_before_a_reader_came_need_not_be_shown() -> None:
    assert anomalies([shown(*ALL[2:], after=2)]) == []


def test_what_is_shown_without_its_id_is_not_missed() -> None:
    advice = Kept("s", 5, "call for help", shown=False)
    assert anomalies([replace(TALK, kept=(*KEPT, advice))]) == []
    assert "lost" in [each.kind for each in anomalies([replace(TALK, kept=(*KEPT, replace(advice, shown=True)))])]


def test_a_message_sent_twice_may_be_confirmed_and_shown_to_the_same_reader() -> None:
    again = replace(FIRST, confirmations=FIRST.confirmations * 2, times=2)
    both = shown(*ALL, Seen("a", 1, kind="confirmation"))
    assert anomalies([replace(both, sendings=(again, SECOND))]) == []
    assert "doubled: Pia: tab 2 was shown a (number 1) 2 times" in [str(each) for each in anomalies([both])]


def test_a_message_whose_line_was_cut_may_be_kept_or_not() -> None:
    unknown = Sending("m3", "three", cut=True)
    assert anomalies([replace(TALK, sendings=(FIRST, SECOND, unknown))]) == []
    more = (*KEPT, Kept("c", 5, "three", "m3", asks=True), Kept("z", 6, answers="c"))
    assert anomalies([replace(TALK, sendings=(FIRST, SECOND, unknown), kept=more, views=())]) == []


def test_the_fate_of_every_message_is_told() -> None:
    sendings = (FIRST, SECOND, Sending("u", "", cut=True), Sending("s", ""), Sending("r", "", refused=True))
    counted = fates([replace(TALK, sendings=sendings, kept=KEPT[:3])])
    assert counted == {"delivered": 1, "acknowledged": 1, "unknown": 1, "sent": 1, "refused": 1}
    assert_that([TALK], all_with_the_fate("delivered", 2))
    assert "of 2 messages there were 1 delivered, 1 acknowledged" in (
        told(all_with_the_fate("delivered", 2), [replace(TALK, kept=KEPT[:3])])
    )


def test_a_mismatch_names_one_of_each_kind_and_how_many() -> None:
    message = told(everything_delivered_once(), [kept(*KEPT[:2])])
    assert message == "lost: Pia: message m2 (b, number 3) was confirmed and is not kept"
    message = told(everything_delivered_once(), [shown(ALL[0], ALL[0], *ALL[2:])])
    assert message.startswith("2 things are wrong, among them lost: Pia: tab 2 was not shown number(s) 2")
    assert "there were only 2 messages of 3" in told(everything_delivered_once(3), [TALK])


def test_numbered_notices_are_judged_without_senders() -> None:
    notices = Conversation(
        "notices", (), [Kept("8", 8), Kept("9", 9)], [View("Nora", (Seen("8", 8),), after=7)], first=8
    )
    assert [str(each) for each in anomalies([notices])] == [
        "lost: notices: Nora was not shown number(s) 9, the first is 9"
    ]
