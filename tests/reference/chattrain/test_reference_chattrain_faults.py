"""The registry of seeded faults, and the first faults on the running system."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chattrain_live import ROOT, ChatTrainProcess
from worked_lines import CLAIMS, FULL_SERVICE, SERVICE

from reference.chattrain import faults
from reference.chattrain.parts import Parts, healthy_parts
from reference.chattrain.settings import Settings

Another = Callable[..., ChatTrainProcess]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return healthy_parts(Settings(database_path=tmp_path / "database.sqlite3", log_path=tmp_path / "log"))


def test_the_names_are_listed_as_json() -> None:
    command = [sys.executable, "-m", "reference.chattrain", "--list-faults"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=20).stdout
    assert json.loads(listed) == sorted(faults.known())
    assert {"never-completes", "wrong-keyword-list", "list-lies"} <= set(json.loads(listed))


def test_every_fault_names_its_criteria_and_says_what_it_does() -> None:
    for name, seeded in faults.known().items():
        assert seeded.name == name
        assert seeded.criteria and all(criterion.startswith("CT-") for criterion in seeded.criteria), name
        assert seeded.breaks.__doc__, name


@pytest.mark.parametrize("name", faults.names())
def test_every_fault_can_be_applied(parts: Parts, name: str) -> None:
    healthy = dict(vars(parts))
    methods = {key: dict(vars(part)) for key, part in healthy.items() if hasattr(part, "__dict__")}
    layers, handlers = list(parts.layers), dict(parts.desk.handlers)
    faults.apply([name], parts)
    replaced = any(vars(parts)[key] is not part for key, part in healthy.items())
    wrapped = any(dict(vars(healthy[key])) != before for key, before in methods.items())
    listed = parts.layers != layers or parts.desk.handlers != handlers
    assert replaced or wrapped or listed, f"{name} changes nothing"


def test_unknown_names_are_refused_before_anything_is_broken(parts: Parts) -> None:
    healthy = dict(vars(parts))
    with pytest.raises(faults.UnknownFault, match="never-completes"):
        faults.apply(["never-completes", "eats-cake"], parts)
    assert dict(vars(parts)) == healthy


def test_an_unknown_name_ends_the_program_with_the_known_ones() -> None:
    command = [sys.executable, "-m", "reference.chattrain"]
    environment = {"CHATTRAIN_FAULTS": "eats-cake", "PATH": ""}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=20)
    assert ended.returncode == 2
    assert "'eats-cake'" in ended.stderr and "never-completes" in ended.stderr


def test_no_name_changes_nothing(parts: Parts) -> None:
    healthy = dict(vars(parts))
    faults.apply([], parts)
    assert dict(vars(parts)) == healthy


def test_never_completes(another_chattrain: Another) -> None:
    chattrain = another_chattrain(CHATTRAIN_FAULTS="never-completes")
    session = chattrain.session(SERVICE)
    trainee = chattrain.enter(session)
    for line in FULL_SERVICE:
        assert trainee.exchange(line)[2]["type"] == "evaluation_feedback"
    assert trainee.info()["session"]["status"] == "active"
    trainee.line.close()


def test_wrong_keyword_list(another_chattrain: Another) -> None:
    chattrain = another_chattrain(CHATTRAIN_FAULTS="wrong-keyword-list")
    trainee = chattrain.enter(chattrain.session(SERVICE))
    feedback = trainee.exchange("username, assistance, troubleshoot")[2]
    matches = feedback["metadata"]["keyword_matches"]
    assert "username" not in matches["matched"] + matches["missed"]
    trainee.line.close()


def test_list_lies(another_chattrain: Another) -> None:
    chattrain = another_chattrain(CHATTRAIN_FAULTS="list-lies")
    assert len(chattrain.http.get("/api/scenarios").json()) == 3
    trainee = chattrain.enter(chattrain.session(CLAIMS))
    _, answer, feedback = trainee.exchange("I am sorry to hear that, please tell me your policy number.")
    assert answer["content"].startswith("I am sorry")
    assert feedback["score"] == 0
    trainee.line.close()
    assert SERVICE not in chattrain.http.get("/api/scenarios").text
