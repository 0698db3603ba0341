"""What every test of the Allure bridge starts from."""

from pathlib import Path

import pytest

from reporting.allure.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give an empty feature project with the bridge installed."""
    return Project(tmp_path)
