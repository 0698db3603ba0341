"""`python -m benchmarks`: the suite's own share of a quick run, its memory, and what lanes are worth."""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from countersign.paths import OUT, ROOT

AIM = 0.15
"""The suite's own share of a quick run that we aim for."""


def main() -> int:
    """Measure and print; nothing is judged, so the exit code is 0 unless a run could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="quick runs to take the median of (default 3)")
    parser.add_argument("--tags", default="@quick", help="what a quick run is (default @quick)")
    parser.add_argument("--lanes", action="store_true", help="also compare the whole run in lanes with one by one")
    options = parser.parse_args()
    costs = [_quick(options.tags) for _ in range(options.runs)]
    shares = [cost["own"] / cost["wall"] for cost in costs]
    print(f"own share of a quick run   {_spread(shares)}   aim below {AIM:.2f}   ({len(costs)} runs)")
    for part in ("system", "pause", "own"):
        print(f"  of which {part:<16}  {_spread([cost[part] / cost['wall'] for cost in costs])}")
    print(
        f"median length              {statistics.median(cost['wall'] for cost in costs):.1f} s (for orientation only)"
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest single process     {peak:.0f} MB, reference systems and renderer included")
    if options.lanes:
        single, lanes = _timed("--jobs", "1"), _timed()
        print(f"lanes against one by one   {lanes / single:.2f}   ({lanes:.0f} s against {single:.0f} s)")
    return 0


def _quick(tags: str) -> dict[str, float]:
    command = [sys.executable, "-m", "behave", "features", f"--tags={tags}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    path = (OUT / "latest").resolve() / "cost.json"
    if not path.is_file():
        raise SystemExit(f"the run left no {path.name}; it said:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return dict(json.loads(Path(path).read_text()))


def _timed(*options: str) -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "countersign", "run", *options]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - began


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} (from {min(values):.2f} to {max(values):.2f})"


if __name__ == "__main__":
    sys.exit(main())
