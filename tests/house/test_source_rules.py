"""Rules for every source file, shown broken and good examples, then applied to the whole repository."""

import pytest

from . import rules_source as rules
from .finding import Finding, assert_none, whats
from .repository import allowed, modules, texts, unreadable


def test_a_file_over_its_limit_is_found_unless_it_is_listed() -> None:
    text = "x = 1\n" * 301
    assert whats(rules.file_is_small("countersign/a/b.py", text, [])) == ["301 lines, 300 are allowed"]
    assert whats(rules.file_is_small("environment.py", "x = 1\n" * 101, [])) == ["101 lines, 100 are allowed"]
    assert whats(rules.file_is_small("steps/a.py", text, [])) == ["301 lines, 250 are allowed"]
    assert list(rules.file_is_small("countersign/a/b.py", text[:-6], [])) == []
    listed = [{"where": "countersign/a/b.py", "lines": 320, "why": "one table"}]
    assert list(rules.file_is_small("countersign/a/b.py", text, listed)) == []
    assert list(rules.file_is_small("tests/a.py", text, [])) == []


@pytest.mark.parametrize(
    "path", ["/" + "home/ben", "/" + "tmp/run", "/" + "root/.cache", "/" + "Users/ben", "C:\\" + "Users\\"]
)
def test_a_path_of_one_machine_is_found(path: str) -> None:
    assert whats(rules.no_machine_paths("a.py", f'x = "{path}"')) == [f"a path of one machine: {path}"]


@pytest.mark.parametrize("text", ["reports/work/out", "http://x.example/home/page", '"/home"', "a/tmp/b", "~/tmp/x"])
def test_other_paths_are_left_alone(text: str) -> None:
    assert list(rules.no_machine_paths("a.py", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import time\ndef wait():\n    time.sleep(1)\n",
        "from time import sleep\ndef wait():\n    sleep(1)\n",
        "from time import sleep as rest\ndef wait():\n    rest(1)\n",
        "import time as t\ndef wait():\n    t.sleep(1)\n",
        "import asyncio\nasync def wait():\n    await asyncio.sleep(1)\n",
    ],
)
def test_a_sleep_is_found_unless_it_is_listed_with_a_reason(text: str) -> None:
    listed = {"where": "a.py", "in": "wait", "why": "the silence is the point"}
    assert whats(rules.sleeps_are_allowed([("a.py", text)], [])) == ["wait sleeps"]
    assert list(rules.sleeps_are_allowed([("a.py", text)], [listed])) == []
    assert len(list(rules.sleeps_are_allowed([("a.py", text)], [{**listed, "why": ""}]))) == 1


def test_a_poll_with_an_end_is_left_alone_in_tests_and_reference_only() -> None:
    text = "import time\ndef wait():\n    while not done() and time.monotonic() < end:\n        time.sleep(0.02)\n"
    endless = text.replace(" and time.monotonic() < end", "")
    assert list(rules.sleeps_are_allowed([("tests/a.py", text), ("reference/a.py", text)], [])) == []
    assert whats(rules.sleeps_are_allowed([("countersign/a.py", text)], [])) == ["wait sleeps"]
    assert whats(rules.sleeps_are_allowed([("tests/a.py", endless)], [])) == ["wait sleeps"]


def test_handing_over_to_other_tasks_is_no_sleep() -> None:
    text = "import asyncio\nasync def wait():\n    await asyncio.sleep(0)\n"
    assert list(rules.sleeps_are_allowed([("a.py", text)], [])) == []


def test_a_listed_sleep_that_is_gone_is_found() -> None:
    listed = {"where": "a.py", "in": "wait", "why": "the silence is the point"}
    assert len(list(rules.sleeps_are_allowed([("a.py", "def wait():\n    self.sleep(1)\n")], [listed]))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    go()\nexcept ValueError:\n    pass\n",
        "try:\n    go()\nexcept ValueError:\n    ...\n",
        "try:\n    go()\nexcept:\n    report()\n",
        "with suppress(Exception):\n    go()\n",
        "with contextlib.suppress(OSError, BaseException):\n    go()\n",
    ],
)
def test_a_swallowed_error_is_found(text: str) -> None:
    assert len(list(rules.nothing_swallowed("a.py", text))) == 1


def test_a_handled_error_is_left_alone() -> None:
    text = (
        "try:\n    go()\nexcept ValueError as error:\n    report(error)\nwith suppress(FileNotFoundError):\n    go()\n"
    )
    assert list(rules.nothing_swallowed("a.py", text)) == []


@pytest.mark.parametrize("comment", ["# " + "noqa", "# " + "noqa: BLE001", "# type: " + "ignore"])
def test_a_silenced_warning_without_a_reason_is_found(comment: str) -> None:
    assert len(list(rules.silence_has_a_reason("a.py", f"x = 1  {comment}\n"))) == 1


@pytest.mark.parametrize("comment", ["# " + "noqa: BLE001 - the verdict needs it", "# type: " + "ignore[arg-type]"])
def test_a_silenced_warning_with_a_reason_is_left_alone(comment: str) -> None:
    assert list(rules.silence_has_a_reason("a.py", f"x = 1  {comment}\n")) == []


def test_every_module_is_python() -> None:
    assert_none(unreadable())


def test_the_files_are_small() -> None:
    listed = allowed("long_files")
    assert all(entry.get("why") for entry in listed), "every long file in exceptions.yaml needs a reason"
    findings: list[Finding] = []
    for path, text in modules():
        findings += rules.file_is_small(path, text, listed)
    assert_none(findings)


def test_no_file_names_a_folder_of_one_machine() -> None:
    findings: list[Finding] = []
    for path, text in texts(
        ".py",
        ".feature",
        ".md",
        ".yaml",
        ".yml",
        ".toml",
        ".txt",
        ".ini",
        ".mjs",
        ".js",
        ".html",
        ".css",
        ".j2",
        "Makefile",
    ):
        findings += rules.no_machine_paths(path, text)
    assert_none(findings)


def test_nobody_sleeps_instead_of_waiting() -> None:
    files = [(path, text) for path, text in modules() if not path.startswith("tests/house/")]
    assert_none(rules.sleeps_are_allowed(files, allowed("sleeps")))


def test_no_error_is_swallowed_and_no_warning_silenced_without_reason() -> None:
    findings: list[Finding] = []
    for path, text in modules():
        findings += [*rules.nothing_swallowed(path, text), *rules.silence_has_a_reason(path, text)]
    assert_none(findings)
