"""The suite keeps its own promise: nothing of the canary reaches a file of a run, not even inside the packed report."""

import base64
import binascii
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import personas
from countersign.paths import ROOT
from countersign.suite.journal import follow
from countersign.suite.run import FOLDER_VARIABLE
from countersign.verdict.records import Ended

PACKED = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")
HIDDEN = b"complaint of the canary]"


def run_canary(folder: Path, *arguments: str) -> Ended:
    command = [sys.executable, "-m", "behave", "features/patient_and_nurse/canary.feature", *arguments]
    environ = {**os.environ, FOLDER_VARIABLE: str(folder)}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=180, check=False)
    for word in words():
        assert word not in (done.stdout + done.stderr).encode(), "the terminal shows a mark"
    records, _ = follow(folder, 0)
    ended = [record for record in records if isinstance(record, Ended)]
    assert len(ended) == 1, done.stdout + done.stderr
    return ended[0]


def words() -> list[bytes]:
    material = personas.material("medassist_canary")
    return [word.encode() for word in (*material["words"].values(), material["telephone"])]


def texts_of(path: Path) -> list[bytes]:
    """Give a file as it is, and everything that is packed in it as Base64."""
    content = path.read_bytes()
    texts = [content]
    for match in PACKED.finditer(content):
        packed = match.group()
        try:
            texts.append(base64.b64decode(packed[: len(packed) // 4 * 4]))
        except binascii.Error:
            continue
    return texts


@pytest.mark.parametrize(("faults", "outcome"), [("", "passed"), ("open-curtains", "failed")])
def test_nothing_of_the_canary_reaches_a_file_of_the_run(tmp_path: Path, faults: str, outcome: str) -> None:
    ended = run_canary(tmp_path / "run", *([f"-Dfaults=medassist={faults}"] if faults else []))
    assert ended.outcome == outcome, ended.reason
    files = {path: texts_of(path) for path in (tmp_path / "run").rglob("*") if path.is_file()}
    told = [path.name for path, texts in files.items() if any(HIDDEN in text for text in texts)]
    # The journey was recorded, in the transcript and packed into the report, so the search below can find something.
    assert len(told) >= 3 and "index.html" in told, sorted(path.name for path in files)
    leaks = {
        f"{path.name} holds {word.decode()}"
        for path, texts in files.items()
        for word in words()
        if any(word.lower() in text.lower() for text in texts)
    }
    assert leaks == set()
