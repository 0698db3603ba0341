"""Options of a run: where they come from, and what is said about a wrong one."""

import pytest

from countersign.errors import TargetError
from countersign.target.options import read_options


def test_options_come_from_behave_first_then_from_the_environment() -> None:
    environ = {"COUNTERSIGN_USERS": "7", "COUNTERSIGN_PACE": "real", "COUNTERSIGN_CHATTRAIN_URL": "http://a.example/"}
    options = read_options({"users": "9"}, environ)
    assert (options.users, options.pace, dict(options.urls)) == (9, "real", {"chattrain": "http://a.example/"})


def test_five_users_act_at_once_unless_said_otherwise() -> None:
    assert read_options({}, {}).users == 5


@pytest.mark.parametrize(
    ("userdata", "words"),
    [
        ({"taget": "x"}, "did you mean target"),
        ({"users": "many"}, "users"),
        ({"users": "0"}, "users"),
        ({"pace": "slow"}, "pace"),
        ({"chattrain.url": "127.0.0.1:8000"}, "write it like http://127.0.0.1:8000"),
        ({"chattrain.url": "http://127.0.0.1:eight"}, "wrong port"),
        ({"chatrain.url": "http://127.0.0.1:1"}, "did you mean chattrain.url"),
    ],
)
def test_a_wrong_option_is_named_with_what_would_work(userdata: dict[str, str], words: str) -> None:
    with pytest.raises(TargetError, match=words):
        read_options(userdata, {})
