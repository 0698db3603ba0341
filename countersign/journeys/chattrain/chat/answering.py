"""Giving single answers to see what they are worth: each in a training of its own, at a step of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.chattrain.feedback import LabelledAnswer
from countersign.expect.chattrain.scores import JudgedAnswer, Ladder
from countersign.journeys.chattrain.chat.lines import spoken
from countersign.journeys.chattrain.crowd import crowd, doubles
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.model import Exchange

WITHIN = 60.0


@dataclass(frozen=True)
class JudgedAnswers:
    """Answers with the bands that a table states for them."""

    answers: tuple[JudgedAnswer, ...]


@dataclass(frozen=True)
class Ladders:
    """Answers to which keywords were added one by one."""

    ladders: tuple[Ladder, ...]


@dataclass(frozen=True)
class RatedAnswers:
    """Answers of differing quality, rated. The words are those by which praise and wishes for more are known."""

    exchanges: tuple[Exchange, ...]
    praising_words: tuple[str, ...]
    improving_words: tuple[str, ...]

    def with_at_least(self, points: int) -> list[Exchange]:
        """Give the answers that earned at least so many points."""
        return [item for item in self.exchanges if item.feedback.score >= points]

    def below(self, points: int) -> list[Exchange]:
        """Give the answers that earned fewer points."""
        return [item for item in self.exchanges if item.feedback.score < points]


@dataclass(frozen=True)
class LabelledAnswers:
    """Answers whose keywords a person found too."""

    answers: tuple[LabelledAnswer, ...]

    def holding(self, word: str) -> LabelledAnswer:
        """Give the first answer in which a word stands, in these very letters. Raises LookupError if there is none."""
        for answer in self.answers:
            if word in answer.line:
                return answer
        raise LookupError(f"no labelled answer holds {word!r}; add one to personas/material/chattrain_feedback.yaml")


@dataclass(frozen=True)
class SameAnswer:
    """The scores that one and the same answer got; `what` says which answer that was."""

    what: str
    scores: tuple[int, ...]


def says_anew(trainee: Trainee, training: str, lines: Sequence[str]) -> Exchange:
    """Open a training, say lines in it, leave, and give what the last line brought."""
    opened = trainee.opens(training)
    try:
        return opened.say_all(lines)[-1]
    finally:
        opened.leave()


def answers_of_table(trainee: Trainee, rows: Sequence[Mapping[str, str]], training: str = "") -> JudgedAnswers:
    """Give every answer of a table anew: columns `answer`, `kind`, `score`, and where they differ `training`, `place`.

    `place` 3 means that the answer is the third of its training; what comes before holds no keyword. An answer
    "full 2" is the second full answer of its training.
    """
    judged = []
    for person, row in zip(doubles(trainee, len(rows)), rows, strict=True):
        name = row.get("training") or training
        line = spoken(name, [row["answer"]])[0]
        exchange = says_anew(person, name, [*_filler(int(row.get("place") or 1) - 1), line])
        judged.append(JudgedAnswer(row["kind"], line, row["score"], exchange.feedback.score))
    return JudgedAnswers(tuple(judged))


def adds_keywords(trainee: Trainee) -> Ladders:
    """Give the same first answer again and again, each time with one keyword more, in every pilot training."""
    trainings: Mapping[str, Any] = personas.material("chattrain")["trainings"]
    people = doubles(trainee, len(trainings))
    ladders = []
    for person, (name, entry) in zip(people, trainings.items(), strict=True):
        words: list[str] = entry["keywords"][0]
        lines = [" ".join([_material()["one_by_one"], *words[:count]]) for count in range(len(words) + 1)]
        scores = tuple(says_anew(person, name, [line]).feedback.score for line in lines)
        ladders.append(Ladder(name, tuple(words), scores))
    return Ladders(tuple(ladders))


def rated_answers(stage: Any, people: int, count: int) -> RatedAnswers:
    """Let people give answers of differing quality over both trainings, all at once.

    Raises SuiteError unless the material holds so many answers for so many people.
    """
    words, conversations = _material()["words"], _material()["thirty_answers"]
    given = _all_at_once(stage, conversations, people, count)
    return RatedAnswers(tuple(given), tuple(words["praise"]), tuple(words["improving"]))


def labelled_answers(stage: Any, people: int, count: int) -> LabelledAnswers:
    """Let people give the answers whose keywords a person has marked, over both trainings and all their steps.

    Raises SuiteError unless the material holds so many answers for so many people.
    """
    marked: list[Mapping[str, Any]] = _material()["labelled_answers"]
    conversations = [
        {"training": each["training"], "lines": [item["line"] for item in each["answers"]]} for each in marked
    ]
    given = _all_at_once(stage, conversations, people, count)
    labels = [item for each in marked for item in each["answers"]]
    return LabelledAnswers(
        tuple(
            LabelledAnswer(label["line"], frozenset(label["keywords"]), _lower(exchange.feedback.matched))
            for label, exchange in zip(labels, given, strict=True)
        )
    )


def same_second_answer(first: Trainee, second: Trainee) -> SameAnswer:
    """Let two people each give the same second answer, after every one of the different openings."""
    material = _material()["same_answer"]
    scores = [
        says_anew(person, "customer service", [opening, material["line"]]).feedback.score
        for person in (first, second)
        for opening in material["after"].values()
    ]
    return SameAnswer("the same second answer", tuple(scores))


def same_first_answer(trainee: Trainee, times: int) -> SameAnswer:
    """Give the same first answer in so many trainings."""
    line = _material()["same_answer"]["line"]
    scores = [says_anew(trainee, "customer service", [line]).feedback.score for _ in range(times)]
    return SameAnswer("the same first answer", tuple(scores))


def _all_at_once(stage: Any, held: Sequence[Mapping[str, Any]], people: int, count: int) -> list[Exchange]:
    lines = sum(len(each["lines"]) for each in held)
    if (len(held), lines) != (people, count):
        raise SuiteError(
            f"the material holds {lines} answers for {len(held)} people, the sentence says {count} for {people}; "
            "mend personas/material/chattrain_feedback.yaml or the sentence"
        )
    jobs = [_conversation(person, each) for person, each in zip(crowd(stage, people), held, strict=True)]
    return [exchange for outcome in together(jobs, within=WITHIN) for exchange in outcome.get()]


def _conversation(person: Trainee, conversation: Mapping[str, Any]) -> Callable[[], list[Exchange]]:
    name, lines = conversation["training"], conversation["lines"]
    return lambda: person.opens(name).say_all(spoken(name, lines))


def _filler(count: int) -> list[str]:
    return [_material()["filler"]] * count


def _lower(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _material() -> dict[str, Any]:
    return personas.material("chattrain_feedback")
