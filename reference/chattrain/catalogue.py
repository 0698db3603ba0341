"""The scenarios on disk, and their numbers in the database."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml
from pydantic import ValidationError
from sqlalchemy import Connection, insert, select, update

from reference.chattrain import tables
from reference.chattrain.clock import iso, moment
from reference.chattrain.database import Database
from reference.chattrain.scenario import Scenario

SCENARIO_FILE = "scenario.yaml"
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ScenarioBroken(Exception):
    """A scenario's file cannot be used; the message says why in one sentence, without a path of the disk."""


@dataclass(frozen=True)
class Entry:
    """A scenario with its number, its folder on disk and the moment its file last changed."""

    number: int
    scenario: Scenario
    folder: Path
    updated_at: datetime


@dataclass(frozen=True)
class LoadReport:
    """What a (re)load found: how many scenarios can be trained, and a sentence per broken one."""

    loaded: int
    errors: tuple[str, ...]


@dataclass(frozen=True)
class _OnDisk:
    scenario: Scenario
    folder: Path
    updated_at: datetime


class Catalogue:
    """Knows every scenario that can be trained, by text id and by number."""

    def __init__(self, content: Path, database: Database) -> None:
        """Read from the folder `content`; nothing is read before `load`."""
        self._content = content
        self._database = database
        self._entries: tuple[Entry, ...] = ()
        self._loaded = False
        self._loading = asyncio.Lock()

    @property
    def loaded(self) -> bool:
        """Say whether the content was read at least once."""
        return self._loaded

    def listed(self) -> Sequence[Entry]:
        """Give the scenarios that can be trained, newest first."""
        return self._entries

    def by_text_id(self, text_id: str) -> Entry | None:
        """Find a listed scenario by its text id, to the letter."""
        return next((entry for entry in self.listed() if entry.scenario.id == text_id), None)

    def by_number(self, number: int) -> Entry | None:
        """Find a listed scenario by its number."""
        return next((entry for entry in self.listed() if entry.number == number), None)

    async def of_session(self, number: int) -> Entry:
        """Give the scenario of a session, also when it has left the list meanwhile. Raises DatabaseUnavailable."""
        listed = self.by_number(number)
        if listed is not None:
            return listed
        return await self._database.read(lambda connection: self._archived(connection, number))

    async def load(self) -> LoadReport:
        """Read the content folder again and replace the list. Raises DatabaseUnavailable; the list then stays."""
        async with self._loading:
            found, errors = await asyncio.to_thread(self._read_all)
            entries = await self._database.write(lambda connection: _numbered(connection, found))
            self._entries = tuple(sorted(entries, key=lambda entry: (-entry.updated_at.timestamp(), entry.number)))
            self._loaded = True
            return LoadReport(len(entries), tuple(errors))

    def readable(self) -> bool:
        """Say whether the content folder can be read now."""
        return self._content.is_dir() and os.access(self._content, os.R_OK | os.X_OK)

    def folder_names(self) -> list[str]:
        """Give the names of the scenario folders on disk, readable or not."""
        if not self.readable():
            return []
        return sorted(folder.name for folder in self._content.iterdir() if folder.is_dir() and folder.name[0] != ".")

    def folder(self, name: str) -> Path:
        """Give the folder of that name."""
        return self._content / name

    def read(self, folder_name: str) -> Scenario:
        """Read one scenario from the disk, as it is there now. Raises ScenarioBroken."""
        return _read(self._content / folder_name).scenario

    def _read_all(self) -> tuple[list[_OnDisk], list[str]]:
        if not self.readable():
            return [], ["the content folder cannot be read"]
        found: dict[str, _OnDisk] = {}
        errors: list[str] = []
        for name in self.folder_names():
            try:
                item = _read(self._content / name)
            except ScenarioBroken as broken:
                errors.append(f"{name}: {broken}")
                continue
            other = found.setdefault(item.scenario.id, item)
            if other is not item:
                errors.append(f"{name}: the id {item.scenario.id} is taken by {other.folder.name}")
        return list(found.values()), errors

    def _archived(self, connection: Connection, number: int) -> Entry:
        row = connection.execute(select(tables.scenarios).where(tables.scenarios.c.id == number)).one()
        folder = self._content / Path(row.file_path).parent
        return Entry(number, Scenario.model_validate_json(row.config_json), folder, moment(row.updated_at))


def _read(folder: Path) -> _OnDisk:
    file = folder / SCENARIO_FILE
    try:
        raw = file.read_text(encoding="utf-8")
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        scenario = Scenario.model_validate(yaml.load(raw, _Loader))
    except FileNotFoundError:
        raise ScenarioBroken(f"{SCENARIO_FILE} is missing") from None
    except (OSError, UnicodeDecodeError):
        raise ScenarioBroken(f"{SCENARIO_FILE} cannot be read") from None
    except (yaml.YAMLError, RecursionError):
        raise ScenarioBroken(f"{SCENARIO_FILE} is not valid YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ScenarioBroken(f"{place}: {first['msg']}") from None
    return _OnDisk(scenario, folder, changed)


def _numbered(connection: Connection, found: Sequence[_OnDisk]) -> list[Entry]:
    table = tables.scenarios
    known = {row.text_id: row for row in connection.execute(select(table))}
    entries = []
    for item in found:
        values = {
            "title": item.scenario.title,
            "config_json": item.scenario.model_dump_json(),
            "file_path": f"{item.folder.name}/{SCENARIO_FILE}",
            "updated_at": iso(item.updated_at),
        }
        row = known.get(item.scenario.id)
        if row is None:
            done = connection.execute(insert(table).values(text_id=item.scenario.id, **values))
            number = int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0
        else:
            number = row.id
            if any(getattr(row, column) != value for column, value in values.items()):
                connection.execute(update(table).where(table.c.id == number).values(**values))
        entries.append(Entry(number, item.scenario, item.folder, item.updated_at))
    return entries
