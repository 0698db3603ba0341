"""Serve MedAssist: `python -m reference.medassist` (settings from the environment), or list its seeded faults."""

import argparse
import json
import os
import sys
from pathlib import Path

from reference.common.environment import SettingError
from reference.medassist import faults
from reference.medassist.backup import NoBackup
from reference.medassist.settings import Settings, from_environment

LARGEST_FRAME = 64 * 1024
SWITCH_SECONDS = 0.001
"""How long a thread of the database waits for the event loop to let it go on; Python's own 5 ms add up in a crowd."""


def main() -> int:
    """Serve until SIGTERM or SIGINT; 2 for settings that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m reference.medassist", description=__doc__)
    parser.add_argument("--list-faults", action="store_true", help="print the names of the seeded faults as JSON")
    parser.add_argument("--backup", metavar="FOLDER", type=Path, help="back the database up into this folder, and end")
    parser.add_argument("--restore", metavar="FOLDER", type=Path, help="restore the database from this folder, and end")
    given = parser.parse_args()
    if given.list_faults:
        print(json.dumps(faults.names()))
        return 0
    try:
        settings = from_environment(os.environ)
        if given.backup or given.restore:
            _keep(settings, given.backup, given.restore)
        else:
            _serve(settings)
    except (SettingError, faults.UnknownFault, NoBackup) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _keep(settings: Settings, backup: Path | None, restore: Path | None) -> None:
    from reference.medassist.parts import healthy_parts

    parts = healthy_parts(settings)
    faults.apply(settings.faults, parts)
    if backup is not None:
        print(parts.backup.save(backup))
    if restore is not None:
        parts.backup.restore(restore)


def _serve(settings: Settings) -> None:
    from reference.common.serve import serve
    from reference.medassist.app import build_app
    from reference.medassist.parts import healthy_parts

    sys.setswitchinterval(SWITCH_SECONDS)
    parts = healthy_parts(settings)
    faults.apply(settings.faults, parts)
    serve(build_app(parts), settings, largest_frame=LARGEST_FRAME, before_end=parts.life.end)


if __name__ == "__main__":
    sys.exit(main())
