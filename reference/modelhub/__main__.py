"""Run one process of the model hub: `python -m reference.modelhub api` (settings from the environment)."""

import argparse
import json
import os
import sys

from reference.common.environment import SettingError
from reference.modelhub import faults
from reference.modelhub.settings import Settings, from_environment

LARGEST_FRAME = 64 * 1024
SWITCH_SECONDS = 0.001
"""How long a thread of the database waits for the event loop to let it go on; Python's own 5 ms add up in a crowd."""

PROCESSES = ("api", "downloader", "generator", "monitor", "source")


def main() -> int:
    """Run until SIGTERM or SIGINT; 2 for settings that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m reference.modelhub", description=__doc__)
    parser.add_argument("process", choices=PROCESSES, nargs="?", default="api", help="which process to run")
    parser.add_argument("--list-faults", action="store_true", help="print the names of the seeded faults as JSON")
    given = parser.parse_args()
    if given.list_faults:
        print(json.dumps(faults.names()))
        return 0
    try:
        if given.process == "source":
            from reference.modelhub.source.running import run

            run(os.environ)
        else:
            _run(from_environment(os.environ), given.process)
    except (SettingError, faults.UnknownFault) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _run(settings: Settings, process: str) -> None:
    from reference.modelhub.parts import healthy_parts

    sys.setswitchinterval(SWITCH_SECONDS)
    parts = healthy_parts(settings, process)
    faults.apply(settings.faults, parts)
    if process == "api":
        from reference.common.serve import serve
        from reference.modelhub.app import build_app

        serve(build_app(parts), settings, largest_frame=LARGEST_FRAME, before_end=parts.sockets.close_all)
    else:
        from reference.modelhub.working import work

        work(parts)


if __name__ == "__main__":
    sys.exit(main())
