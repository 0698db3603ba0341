"""Options of a run: where they come from, and what is said about a wrong one."""

import pytest

from countersign.errors import TargetError
from countersign.target.environment import usual_jobs
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


def test_known_variables_of_the_environment_are_options_too() -> None:
    environ = {"TEST_ENV": "example", "LOG_LEVEL": "debug", "TEST_TIMEOUT": "300", "PERFORMANCE_THRESHOLD": "1.5"}
    options = read_options({}, environ)
    assert (options.target, options.wire, options.scenario_seconds, options.chat_seconds) == ("example", True, 300, 1.5)
    assert read_options({"target": "embedded"}, environ).target == "embedded"
    assert not read_options({}, {"LOG_LEVEL": "INFO"}).wire


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOG_LEVEL", "loud"), ("TEST_TIMEOUT", "soon"), ("TEST_TIMEOUT", "0"), ("PERFORMANCE_THRESHOLD", "3")],
)
def test_an_unknown_value_of_the_environment_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(TargetError, match=f"{name}={value}"):
        read_options({}, {name: value})


def test_the_number_of_processes_comes_from_the_environment() -> None:
    assert 2 <= usual_jobs({}) <= 4
    assert usual_jobs({"MAX_CONCURRENT_TESTS": "7"}) == 7
    with pytest.raises(TargetError, match="MAX_CONCURRENT_TESTS=0"):
        usual_jobs({"MAX_CONCURRENT_TESTS": "0"})
