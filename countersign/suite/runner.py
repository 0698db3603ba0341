"""behave's runner for this house (`behave.ini`): `behave features/` uses the whole machine, as `countersign run` does.

One process after the other is what remains where somebody wants to watch: with a formatter, a place in a file, or any
other option that asks for more than a choice of scenarios; with `--jobs 1`; and inside a lane or a proof.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from behave.runner import Runner

from countersign.suite.run import PART_VARIABLE
from countersign.target.environment import jobs_of

MOST_JOBS_UNASKED = 4
"""So many processes at once, also on a machine with many processors, unless somebody asks for more (MA-SUITE-02)."""


def usual_jobs(environ: Mapping[str, str] = os.environ) -> int:
    """Give how many processes a run uses when nobody says: MAX_CONCURRENT_TESTS, else one more than processors."""
    return jobs_of(environ, min((os.cpu_count() or 1) + 1, MOST_JOBS_UNASKED))


@dataclass(frozen=True)
class Choice:
    """What a command line of behave chooses, where it does nothing else: which scenarios, with which settings."""

    paths: tuple[str, ...]
    arguments: tuple[str, ...]
    jobs: int | None


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


class LaneRunner(Runner):  # type: ignore[misc]  # behave's types do not tell what a runner is
    """Run the chosen features in lanes where that is wanted and worth it, else one after the other."""

    def run(self) -> bool:
        """Run to the end; say whether the run failed, that is, may not be signed."""
        choice = None if os.environ.get(PART_VARIABLE) else choice_of(sys.argv[1:])
        if choice is not None and self._is_wide(choice):
            jobs = choice.jobs or usual_jobs()
            if jobs > 1:
                from countersign.suite.lanes import Coordinator

                return Coordinator(choice.paths, choice.arguments, jobs).run() != 0
        failed: bool = super().run()
        return failed

    def _is_wide(self, choice: Choice) -> bool:
        """Say whether the choice is what behave itself has read, and is more than one file."""
        read: list[str] = list(self.config.paths)
        one_file = len(read) == 1 and os.path.isfile(read[0])
        return [os.path.normpath(path) for path in choice.paths] == read and not one_file
