"""Serve ChatTrain: `python -m reference.chattrain` (settings from the environment), or list its seeded faults."""

import argparse
import json
import os
import sys

from reference.chattrain import faults
from reference.chattrain.settings import Settings, from_environment
from reference.common.environment import SettingError


def main() -> int:
    """Serve until SIGTERM or SIGINT; 2 for settings that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m reference.chattrain", description=__doc__)
    parser.add_argument("--list-faults", action="store_true", help="print the names of the seeded faults as JSON")
    if parser.parse_args().list_faults:
        print(json.dumps(faults.names()))
        return 0
    try:
        settings = from_environment(os.environ)
        _serve(settings)
    except (SettingError, faults.UnknownFault) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _serve(settings: Settings) -> None:
    from reference.chattrain.app import build_app
    from reference.chattrain.parts import healthy_parts
    from reference.common.serve import serve

    parts = healthy_parts(settings)
    faults.apply(settings.faults, parts)
    serve(build_app(parts), settings)


if __name__ == "__main__":
    sys.exit(main())
