"""A patient's connection is lost again and again, or cannot be used at all, and the conversation goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.delivery_record import Conversation, Sending
from countersign.expect.medassist.replay import Return
from countersign.journeys.medassist.chat.correspondence import Correspondence, awaits, last_number, number_of
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ChatLine

IN_WORK_SECONDS = 0.4
"""How long the AI takes where the suite may tell it, so that the line is lost in the middle of an answer."""
CONFIRMED_WITHIN = 3.0
MIDDLES = ("status", "streaming")
"""The frame after which the line is lost: the confirmation, or the first piece of the answer."""


@dataclass(frozen=True)
class Talk:
    """One conversation for the history checker, and how each return to it began."""

    conversation: Conversation
    returns: Sequence[Return] = ()

    @property
    def all(self) -> list[Conversation]:
        """The conversation, alone in a list."""
        return [self.conversation]

    @property
    def sent_again(self) -> list[Sending]:
        """The messages that were sent more than once."""
        return [sending for sending in self.conversation.sendings if sending.times > 1]


def loses_the_line(patient: Patient, cuts: int, busy: int) -> Talk:
    """Lose the connection of one window so many times, `busy` of them in the middle of an answer, and come back.

    A second window stays connected; what is missed was said there, or is the answer that was in work.
    """
    book = Correspondence(patient)
    steady, lines = patient.joins(), [patient.joins()]
    returns = list[Return]()
    for number in range(cuts):
        if number % 2 == 0 and number // 2 < busy:
            _cut_in_the_middle(book, lines[-1], MIDDLES[number // 2 % 2])
            answer_first = number % 4 == 0
        else:
            lines[-1].cut()
            book.sends(steady, book.letter())
            answer_first = True
        if answer_first:
            awaits([steady], number + 1)
        after = last_number(lines)
        lines.append(patient.joins(last_sequence=after))
        whole = awaits(lines, number + 1) and awaits([steady], number + 1)
        lines[-1].ping()
        returns.append(_return_of(lines[-1], after))
        if not whole:  # what is missing now stays missing, and would be awaited in vain after each further cut
            break
    steady.ping()
    return Talk(book.conversation({"the window that was cut": lines, "the other window": [steady]}), returns)


def _cut_in_the_middle(book: Correspondence, line: ChatLine, middle: str) -> None:
    book.sends(line, book.letter("delay", seconds=IN_WORK_SECONDS))
    line.wait_for("status", CONFIRMED_WITHIN)
    if middle != "status":
        line.wait_for(middle, CONFIRMED_WITHIN)
    line.cut()


def _return_of(line: ChatLine, after: int) -> Return:
    numbers = [number_of(frame) for frame in line.frames if number_of(frame)]
    return Return("the window that was cut", after, int(line.greeting.payload["last_sequence"]), tuple(numbers))


def goes_on_without_socket(patient: Patient, parts: tuple[int, int, int]) -> Talk:
    """Say messages over a connection that is lost, without any, and over a new one, while another window watches.

    The last message before the connection is lost is sent again without one: nobody knows whether it arrived.
    """
    over_first, without, over_second = parts
    book = Correspondence(patient)
    watching, first = patient.joins(), patient.joins()
    for number in range(1, over_first):
        book.sends(first, book.letter())
        awaits([first], number)
    doubtful = book.sends(first, book.letter())
    first.wait_for("status", CONFIRMED_WITHIN)
    first.cut()
    book.sends_over_http(doubtful)
    for _ in range(without):
        book.sends_over_http(book.letter())
    second = patient.joins()
    for number in range(1, over_second + 1):
        book.sends(second, book.letter())
        awaits([second], number)
    awaits([watching], len(book.letters))
    for line in (watching, second):
        line.ping()
    return Talk(book.conversation({"the watching window": [watching], "the new window": [second]}))
