"""The trail of changes that the hub keeps in its database (contract, section 7), read where the suite owns the file."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from countersign.errors import CapabilityMissing, ContractBroken
from countersign.target.live import LiveSystem


def entries(system: LiveSystem, since: int = 0) -> list[Mapping[str, Any]]:
    """Give the entries of the trail after the first `since`, oldest first.

    Raises CapabilityMissing where the suite does not run the system itself, ContractBroken if there is no such table.
    """
    if system.control is None or not system.embedded:
        raise CapabilityMissing("modelhub: the trail of changes stands in the database, which is not the suite's own")
    try:
        with closing(sqlite3.connect(f"file:{system.control.work.database}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            rows: list[Mapping[str, Any]] = [
                dict(row) for row in database.execute("select * from audit_log order by rowid")
            ]
    except sqlite3.Error as error:
        raise ContractBroken(f"modelhub: the trail of changes (audit_log) cannot be read: {error}") from error
    return rows[since:]
