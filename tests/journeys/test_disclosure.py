"""What gives away the program, its database, the AI provider or a place on the disk, and what does not."""

from dataclasses import dataclass, field

import pytest

from countersign.expect.traces import Trace
from countersign.journeys.chattrain.access.disclosure import disk_paths, program_texts


@dataclass(frozen=True)
class SystemElsewhere:
    control: None = None
    capabilities: frozenset[str] = field(default_factory=frozenset)


def named(traces: list[Trace], text: str) -> list[str]:
    return [trace.name for trace in traces if trace.pattern.search(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Traceback (most recent call last): File "main.py", line 3', "a stack trace"),
        (
            '{"detail": "OverflowError: Python int too large to convert to SQLite INTEGER"}',
            "the name of an error class",
        ),
        ('{"detail": "(sqlite3.OperationalError) database is locked"}', "database text"),
        ("[SQL: INSERT INTO sessions (scenario_id) VALUES (?)]", "database text"),
        ("value out of range for type integer", "database text"),
        ("'NoneType' object has no attribute 'get'", "a name from the program"),
        ('"url": "https://errors.pydantic.dev/2.9/v/missing"', "a link to a library"),
        ("Incorrect API key provided: sk-live-51Nx7abcdef", "a secret of the AI provider"),
        ("Rate limit reached for gpt-4o-mini", "the AI provider's own words"),
        ("Invalid request for organization org-4f2", "an organisation or project at the AI provider"),
    ],
)
def test_program_text_is_recognised(text: str, found: str) -> None:
    assert found in named(program_texts(), text)


@pytest.mark.parametrize(
    "text",
    [
        '{"detail": [{"type": "int_type", "loc": ["body", "scenario_id"], "msg": "Input should be a valid integer"}]}',
        '{"type": "security_error", "error_code": "VALIDATION_ERROR", "content": "The message is empty."}',
        '{"detail": "There is nothing at this address."}',
        '{"type": "error", "code": "INVALID_REQUEST", "content": "Send a JSON object as text."}',
        '{"metadata": {"model": "fallback", "error": true}, "content": "Give me a moment, please, I lost the thread."}',
        "Too many sessions were opened under this name. You can go on in 3 s.",
        "Please select a training from the list.",
    ],
)
def test_plain_words_are_none(text: str) -> None:
    assert named(program_texts(), text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"detail": "no such file: /app/content/claims/scenario.yaml"}', "a folder of the server's disk"),
        ('"folder": "/srv/chattrain/data"', "a folder of the server's disk"),
        (r'{"detail": "C:\\data\\content"}', "a drive letter"),
        ("cannot open ../content/scenario.yaml", "a way up the folders (../)"),
    ],
)
def test_a_place_on_the_disk_is_recognised(text: str, found: str) -> None:
    assert found in named(disk_paths(SystemElsewhere()), text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        '"url": "/api/documents/customer_service_v1/service_manual.pdf"',
        '<script src="/page/app.js"></script></app>',
        '<link rel="stylesheet" href="/app/page.css"><img SRC="/opt/logo.png">',
        "on/off, and/or, 24/7, http://127.0.0.1:8000/metrics",
        "What is it about: a password.",
    ],
)
def test_an_address_of_the_system_is_none(text: str) -> None:
    assert named(disk_paths(SystemElsewhere()), text) == []  # type: ignore[arg-type]
