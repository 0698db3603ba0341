"""`behave features/` uses the whole machine, as `countersign run` does, where a command only chooses scenarios.

One scenario after the other is what remains where somebody wants to watch: with a formatter, one file or a place in it,
or any other option that asks for more than a choice; with `--jobs 1`; and inside a lane or a proof.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from countersign.errors import CountersignError
from countersign.suite.run import PART_VARIABLE


@dataclass(frozen=True)
class Choice:
    """What a command line of behave chooses, where it does nothing else: which scenarios, with which settings."""

    paths: tuple[str, ...]
    arguments: tuple[str, ...]
    jobs: int | None

    @property
    def wide(self) -> bool:
        """Whether this is more than one file."""
        return len(self.paths) != 1 or not Path(self.paths[0]).is_file()


def choice_of(arguments: Sequence[str]) -> Choice | None:
    """Read a command line of behave; None if it asks for something that only one process can give."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("-t", "--tags", action="append", default=[])
    parser.add_argument("-n", "--name", action="append", default=[])
    parser.add_argument("-D", "--define", action="append", default=[])
    parser.add_argument("-j", "--jobs", "--parallel", type=int)
    try:
        read, other = parser.parse_known_intermixed_args(list(arguments))
    except argparse.ArgumentError:
        return None
    if other or any(_names_a_place(path) for path in read.paths):
        return None
    chosen = [f"--tags={each}" for each in read.tags] + [f"--name={each}" for each in read.name]
    return Choice(tuple(read.paths), (*chosen, *(f"-D{each}" for each in read.define)), read.jobs)


def _names_a_place(path: str) -> bool:
    return path.startswith("@") or path.rpartition(":")[2].isdigit()


def run_side_by_side(command: Sequence[str] = tuple(sys.argv), environ: Mapping[str, str] = os.environ) -> None:
    """Run what this command of behave chooses in lanes and end the process with the verdict's exit code.

    Returns without having done anything where one process is to do it all. Called while `environment.py` is loaded:
    behave has read its options by then, and nothing has been started yet.
    """
    if environ.get(PART_VARIABLE) or "behave" not in Path(command[0]).parts[-2:]:
        return
    choice = choice_of(command[1:])
    if choice is None or not choice.wide:
        return
    if choice.jobs != 1:
        from countersign.suite.lanes import Coordinator

        try:
            code = Coordinator(choice.paths, choice.arguments, choice.jobs).run()
        except CountersignError as error:
            print(f"countersign: {error}", file=sys.stderr)
            code = 2
        sys.exit(code)
