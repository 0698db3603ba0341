"""Reaching for what is no document: other files, other folders, what is too large."""

from collections.abc import Sequence
from dataclasses import dataclass

from hamcrest import assert_that, equal_to

import personas
from countersign.errors import CapabilityMissing
from countersign.expect.chattrain.kept_back import TOO_LARGE, Reached, kept_back
from countersign.expect.every import every
from countersign.journeys.chattrain.content.content_folder import ContentFolder
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee, text_id_of
from countersign.transport.answer import Answer

BEGINNING = 64


@dataclass(frozen=True)
class Bait:
    """What an operator left in the content: `left` is False where the suite does not own the folder."""

    left: bool


@dataclass(frozen=True)
class Reaches:
    """What came of every reach: for what is no document, for the oversized one, and for the one at the limit."""

    files: tuple[Reached, ...]
    too_large: tuple[Reached, ...] = ()
    at_the_limit: Answer | None = None


def leaves_bait(operator: Operator) -> Bait:
    """Leave an undeclared note and a training with an oversized document in the content, and have it taken in.

    Where the suite does not own the content folder, nothing is left and the evidence says so.
    """
    material = personas.material("chattrain_content")
    note, large = material["private_note"], material["large_documents"]
    try:
        folder = ContentFolder(operator)
    except CapabilityMissing as missing:
        operator.stage.recorder.say(f"no undeclared note and no oversized document were left in the content: {missing}")
        return Bait(False)
    folder.add_file(text_id_of("customer service"), note["filename"], note["text"].encode())
    declared = ", ".join(
        f"{{filename: {large[name]['filename']}, title: Large}}" for name in ("too_large", "at_the_limit")
    )
    folder.add_training(large["id"], "Training with large documents", f"[{declared}]")
    for name in ("too_large", "at_the_limit"):
        folder.add_file(large["id"], large[name]["filename"], b"a" * large[name]["bytes"])
    folder.take_in()
    return Bait(True)


def reaches_for(trainee: Trainee, names: Sequence[str], bait: Bait) -> Reaches:
    """Ask for each of these things in place of a document, as a file and as text; then for the bait, if any."""
    known = personas.material("chattrain_mistakes")["not_documents"]
    ids = {"training": text_id_of("customer service"), "other": text_id_of("claim handling")}
    words = _words_of_files(trainee)
    files = tuple(
        Reached(name, trainee.api.ask("GET", f"/api/documents/{known[name].format(**ids)}{end}"), words, bool(end))
        for name in names
        for end in ("", "/content")
    )
    if not bait.left:
        return Reaches(files)
    large = personas.material("chattrain_content")["large_documents"]
    address = f"/api/documents/{large['id']}/"
    too_large = tuple(
        Reached(
            f"the oversized document{end}",
            trainee.api.ask("GET", f"{address}{large['too_large']['filename']}{end}"),
            (),
        )
        for end in ("", "/content")
    )
    return Reaches(files, too_large, trainee.api.ask("GET", address + large["at_the_limit"]["filename"]))


def _words_of_files(trainee: Trainee) -> tuple[bytes, ...]:
    words = [word.encode() for word in personas.material("chattrain_mistakes")["words_of_files"]]
    words.append(personas.material("chattrain_content")["private_note"]["text"].encode())
    for training in ("customer service", "claim handling"):
        for document in trainee.api.documents(text_id_of(training)):
            words.append(trainee.api.open_document(document).must_be(200).body[:BEGINNING])
    return tuple(words)


def judge_bait(reaches: Reaches, mebibytes: int) -> None:
    """Raise AssertionError unless the oversized document is refused as too large and the one at the limit opens.

    Nothing is judged where nothing was left; the evidence says so already.
    """
    if reaches.at_the_limit is None:
        return
    assert_that(reaches.too_large, every(kept_back(*TOO_LARGE)))
    length = len(reaches.at_the_limit.must_be(200).body)
    assert_that(length, equal_to(mebibytes * 2**20), "bytes of the document at the limit")
