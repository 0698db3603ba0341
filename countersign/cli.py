"""The command line beside `behave`: everything behave itself does not offer."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from countersign.errors import CountersignError
from countersign.paths import OUT, ROOT

EXIT_CODES = """exit codes: 0 may be signed; 1 refuted; 2 wrong command line; 3 yellow and not accepted;
4 nothing refuted, but something selected was not verified; 5 the run itself cannot be trusted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        code: int = options.command(options)
    except CountersignError as error:
        print(f"countersign: {error}", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m countersign",
        description="Acceptance of live AI systems, in plain language. `behave features/` runs everything too.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="")

    run = commands.add_parser("run", help="run the features in several processes and write all reports")
    run.add_argument("paths", nargs="*", help="feature files or folders (default: features/)")
    run.add_argument(
        "--jobs", type=_count, metavar="N",
        help="processes at once (default: MAX_CONCURRENT_TESTS, else one more than processors, at most 4)",
    )  # fmt: skip
    run.add_argument(
        "--tags",
        action="append",
        default=[],
        metavar="EXPRESSION",
        help='like behave: "@quick", "@critical", "not @slow"',
    )
    run.add_argument("--name", action="append", default=[], metavar="PATTERN", help="scenarios whose title matches")
    run.add_argument(
        "-D", dest="define", action="append", default=[], metavar="NAME=VALUE",
        help="target=NAME, <system>.url=URL, pace=compressed|real, users=N, seed=N, wire=yes, "
        "database=sqlite|postgresql (of the reference systems)",
    )  # fmt: skip
    run.add_argument("--target", metavar="NAME", help="the same as -D target=NAME")
    run.add_argument("--accept", choices=("green", "yellow"), help="which band is good enough for exit code 0")
    run.add_argument("--verbose", action="store_true", help="log every request and frame, redacted (-D wire=yes)")
    run.set_defaults(command=_run)

    report = commands.add_parser("report", help="judge and render a run again, also one that was killed")
    report.add_argument("run", nargs="?", default="latest", help="name or folder of the run (default: the newest)")
    report.add_argument("--accept", choices=("green", "yellow"), default="green")
    report.set_defaults(command=_report)

    prove = commands.add_parser("prove", help="show that every seeded fault is caught for its stated reason")
    prove.add_argument("faults", nargs="*", help="names of faults (default: all of the chosen systems)")
    prove.add_argument("--system", action="append", default=[], help="only faults of this system")
    prove.add_argument("--sample", type=_count, metavar="N", help="only N faults without load, drawn with --seed")
    prove.add_argument("--seed", type=int, default=0)
    prove.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="faults at once")
    prove.add_argument("--full", action="store_true", help="run all scenarios under each fault and list bystanders")
    prove.set_defaults(command=_prove)

    doctor = commands.add_parser("doctor", help="say what this machine and this target can verify, and what not")
    doctor.add_argument("-D", dest="define", action="append", default=[], metavar="NAME=VALUE")
    doctor.add_argument("--target", metavar="NAME")
    doctor.set_defaults(command=_doctor)

    reference = commands.add_parser("reference", help="start the reference systems by themselves: reference up")
    reference.add_argument("rest", nargs=argparse.REMAINDER, help="up --systems chattrain ... (up --help tells all)")
    reference.set_defaults(command=_reference)
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _behave_arguments(options: argparse.Namespace) -> list[str]:
    arguments = [f"--tags={expression}" for expression in options.tags]
    arguments += [f"--name={pattern}" for pattern in options.name]
    defines = list(options.define)
    if options.target:
        defines.append(f"target={options.target}")
    if options.accept:
        defines.append(f"accept={options.accept}")
    if options.verbose:
        defines.append("wire=yes")
    return arguments + [f"-D{define}" for define in defines]


def _run(options: argparse.Namespace) -> int:
    from countersign.suite.lanes import Coordinator

    return Coordinator(options.paths, _behave_arguments(options), options.jobs).run()


def run_folder(name: str) -> Path:
    """Find a run by its name or folder. Raises CountersignError naming the runs there are."""
    for folder in (Path(name), OUT / name):
        if (folder / "journal.jsonl").is_file():
            return folder.resolve()
    known = sorted(path.parent.name for path in OUT.glob("*/journal.jsonl") if not path.parent.is_symlink())
    raise CountersignError(f"there is no run {name!r}; runs here are {', '.join(known[-8:]) or 'none yet'}")


def _report(options: argparse.Namespace) -> int:
    from countersign.suite.finish import finish

    return finish(run_folder(options.run), accept=options.accept)


def _prove(options: argparse.Namespace) -> int:
    from countersign.proof.prove import prove

    return prove(
        options.system, options.faults, jobs=options.jobs, full=options.full, sample=options.sample, seed=options.seed
    )


def _doctor(options: argparse.Namespace) -> int:
    from countersign.suite.doctor import examine

    defines = dict(item.partition("=")[::2] for item in options.define)
    if options.target:
        defines["target"] = options.target
    return examine(defines)


def _reference(options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "reference", *(options.rest or ["--help"])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
