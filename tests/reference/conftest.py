"""What the tests of several systems share. Its folder is on the path of modules because this file lies in it."""

from collections.abc import Iterator

import pytest
from programs import AiProcess


@pytest.fixture(scope="session")
def ai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AiProcess]:
    """Give a scripted AI that all tests of a run share."""
    with AiProcess(tmp_path_factory.mktemp("ai")) as process:
        yield process
