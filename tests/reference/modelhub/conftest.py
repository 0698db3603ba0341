"""One hub that all tests of the model hub share, brought back to its beginning before each."""

from collections.abc import Iterator

import pytest
from hub_driver import Hub


@pytest.fixture(scope="session")
def shared_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Give a running hub."""
    hub = Hub(tmp_path_factory.mktemp("modelhub"))
    yield hub
    hub.close()


@pytest.fixture
def hub(shared_hub: Hub) -> Hub:
    """Give the hub with nothing installed."""
    shared_hub.calm()
    return shared_hub
