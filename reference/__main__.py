"""`python -m reference`: the reference systems from the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from reference.common.environment import comma_list
from reference.stack.entry import Registry
from reference.stack.errors import Unusable
from reference.stack.registry import SYSTEMS
from reference.stack.settings import pair
from reference.stack.up import Request, up

_EPILOG = """\
When everything is ready one line of JSON is printed on the standard output: where each system is, the scripted AI, and
the control API with its token. At a terminal a table follows. A start that fails prints {"ready": false, "error": ...}
and ends with 1.

The stack ends, with everything it started, on Ctrl-C, SIGTERM or SIGHUP, when the process that started it is gone, and
when its standard input closes, if that is a pipe. Its working folder is temporary and removed, unless --work names one.

With --database postgresql every system that takes its database by URL gets a PostgreSQL server of its own, from the
wheel of requirements-postgresql.txt or else from the PATH; with --setting DATABASE_URL=postgresql://user:password@host/name
it uses that (empty) database instead and none is started.

examples:
  python -m reference up                               try ChatTrain by hand, until Ctrl-C
  python -m reference up --faults chattrain=slow-tail  the same, with a defect seeded on purpose
  python -m reference up --setting AI_TIMEOUT_SECONDS=2
  python -m reference up --systems medassist --database postgresql
"""


def main(arguments: Sequence[str] | None = None, registry: Registry = SYSTEMS) -> int:
    """Do what the command line says; give the exit code."""
    parser = _parser(registry)
    given = parser.parse_args(arguments)
    try:
        request = Request(
            systems=comma_list(given.systems),
            faults={name: comma_list(names) for name, names in map(pair, given.faults)},
            settings=dict(map(pair, given.setting)),
            work=given.work,
            database=given.database,
            stop_with_stdin=given.stop_with_stdin,
        )
    except Unusable as error:
        parser.error(str(error))
    if not request.systems:
        parser.error("--systems names no system")
    return up(request, registry)


def _parser(registry: Registry) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reference",
        description="Small real systems that the acceptance suite is tried on, and the scripted AI that they ask.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "up",
        help="start systems and the scripted AI on free loopback ports, until told to end",
        description="Start systems and the scripted AI on free loopback ports, until told to end.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--systems",
        metavar="A,B",
        default=",".join(registry),
        help=f"which systems to start (known: {', '.join(registry)}; default: all)",
    )
    command.add_argument(
        "--faults", metavar="SYSTEM=A,B", action="append", default=[], help="seeded faults to switch on, by system"
    )
    command.add_argument(
        "--setting",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a setting for the systems, such as AI_TIMEOUT_SECONDS=2; may be repeated",
    )
    command.add_argument(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="what systems keep their data in that can use either (default: %(default)s; see below)",
    )
    command.add_argument(
        "--work", metavar="DIR", type=Path, help="keep databases, content and logs in this folder (default: temporary)"
    )
    command.add_argument(
        "--stop-with-stdin",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="end when the standard input closes (default: if it is a pipe)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
