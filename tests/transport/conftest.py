"""What the transport's tests share."""

import io

import pytest

from countersign.evidence import Recorder, Redactor


@pytest.fixture
def echo() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def recorder(echo: io.StringIO) -> Recorder:
    return Recorder(Redactor(), echo=echo)
