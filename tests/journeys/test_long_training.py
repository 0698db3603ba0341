"""How a long training is laid out, and the lines it is made of."""

import pytest

import personas
from countersign.errors import NotVerified, SuiteError
from countersign.journeys.chattrain.chat.lines import spoken
from countersign.journeys.chattrain.chat.patience import in_real_time, spread_out


@pytest.mark.parametrize(
    ("silences", "gaps", "laid_out"),
    [
        ([60.0, 90.0], 5, [0, 60, 0, 90, 0]),
        ([60.0], 3, [0, 60, 0]),
        ([360.0] * 5, 5, [360] * 5),
        ([], 2, [0, 0]),
    ],
)
def test_silences_lie_between_answers(silences: list[float], gaps: int, laid_out: list[float]) -> None:
    assert spread_out(silences, gaps) == laid_out


def test_more_silences_than_gaps_are_refused() -> None:
    with pytest.raises(SuiteError, match="3 silences do not fit between 3 answers"):
        spread_out([1.0, 2.0, 3.0], 2)


def test_the_true_length_is_not_verified_in_a_compressed_run() -> None:
    in_real_time("real")
    with pytest.raises(NotVerified, match="-D pace=real"):
        in_real_time("compressed")


def test_lines_are_found_by_their_names() -> None:
    full = personas.material("chattrain")["trainings"]["claim handling"]["full_lines"]
    assert spoken("claim handling", ["full 2", "help", "none"], {"none": ""}) == [full[1], "help", ""]


def test_the_word_that_completes_the_long_training_comes_last() -> None:
    material = personas.material("chattrain_trainings")["long_training"]
    required = personas.material("chattrain")["trainings"][material["training"]]["required_words"]
    *before, last = material["lines"]
    assert "password" in last and not any("password" in line for line in before)
    assert all(any(word in line for line in material["lines"]) for word in required)
