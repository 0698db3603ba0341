"""The content folder of a system that the suite runs itself: what an operator puts there is always taken away again."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.journeys.chattrain.operator import Operator
from countersign.systems.chattrain.content import Reload

SCENARIO_FILE = "scenario.yaml"


class ContentFolder:
    """Files an operator adds to the content. Nothing that was there before is touched.

    At the scenario's end everything added is removed and the content is reloaded. Raises CapabilityMissing where the
    suite does not own the folder.
    """

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        operator.stage.need("process-control")
        self._root: Path = operator.system.control.work.content
        self._added: list[Path] = []
        self._before = self._listed()
        operator.stage.at_end(self._restore, "restoring the content")

    def add_folder(self, name: str) -> Path:
        """Make a new folder for a training. Raises SuiteError if there is one of that name."""
        folder = self._root / name
        if folder.exists():
            raise SuiteError(f"the content has a folder {name} already; take another name in the material")
        self._added.append(folder)
        folder.mkdir()
        return folder

    def add_training(self, text_id: str, title: str, documents: str = "[]") -> Path:
        """Add a training of this id and title in a folder of the same name; give its file."""
        file = self.add_folder(text_id) / SCENARIO_FILE
        text: str = personas.material("chattrain_content")["scenario_file"]
        file.write_text(text.format(id=text_id, title=title, documents=documents), encoding="utf-8")
        return file

    def add_file(self, training: str, filename: str, content: bytes) -> Path:
        """Add a file to the folder of a training that is there. Raises SuiteError rather than replace one."""
        path = self._root / training / filename
        if path.exists():
            raise SuiteError(f"the content has {training}/{filename} already; take another name in the material")
        self._added.append(path)
        path.write_bytes(content)
        return path

    def befalls(self, text_id: str, mishap: Mapping[str, Any]) -> None:
        """Let something happen to a training that was added here (see `mishaps` in chattrain_content.yaml)."""
        file = self._root / text_id / SCENARIO_FILE
        if file.parent not in self._added:
            raise SuiteError(f"{text_id} was not added by this scenario, so nothing may happen to it")
        if mishap.get("gone") == "folder":
            shutil.rmtree(file.parent)
        elif mishap.get("gone") == "file":
            file.unlink()
        elif "drop" in mishap:
            kept = [line for line in file.read_text(encoding="utf-8").splitlines() if mishap["drop"] not in line]
            file.write_text("\n".join(kept), encoding="utf-8")
        else:
            file.write_bytes(mishap["bytes"])

    def take_in(self) -> Reload | None:
        """Have the system read its content again; by its own reload where it has one, otherwise by a restart."""
        system = self.operator.system
        if "content-admin" in system.capabilities and system.operator_key:
            return self.operator.reloads()
        system.control.restart()
        return None

    def _listed(self) -> list[str]:
        return sorted(scenario.text_id for scenario in self.operator.api.scenarios())

    def _restore(self) -> None:
        for path in reversed(self._added):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        self.take_in()
        if self._listed() != self._before:
            raise SuiteError(f"the content is not as it was: the list is {self._listed()}, it was {self._before}")
