"""Render the results of a run to one page with Allure 3."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from countersign.reporting.allure import history
from countersign.reporting.allure.node import ALLURE_HOME, AllureNotRendered, find_allure, find_node
from countersign.reporting.allure.share import with_honest_share
from countersign.reporting.allure.trackers import without_trackers

TITLE = "Countersign"


def render_allure(
    results_dir: Path, out_dir: Path, history_path: Path | None = None, *, title: str = TITLE, within: float = 120.0
) -> Path:
    """Render `results_dir` to `out_dir/index.html`, one self-contained page without trackers, and give its path.

    What was in `out_dir` before is deleted. `history_path` (JSON lines) shows and keeps the last 20 runs; None leaves
    it alone (runs that prove faults have no place in it). Several runs may render at once. Raises AllureNotRendered
    when Node or Allure is missing or fails or needs more than `within` seconds; the results stay as they are.
    """
    node, script = find_node(), find_allure()
    if not any(results_dir.glob("*-result.json")):
        raise AllureNotRendered(f"there are no Allure results in {results_dir.name}: nothing was run")
    if out_dir.exists():
        shutil.rmtree(out_dir)
    out_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rendering-", dir=out_dir.parent) as work:
        draft, past = Path(work) / "report", Path(work) / "history.jsonl"
        known = history.sound_lines(history_path) if history_path is not None else []
        past.write_text("".join(f"{line}\n" for line in known), encoding="utf-8")
        command = [str(node), str(script), "generate", "--config", str(ALLURE_HOME / "allurerc.mjs")]
        command += ["--cwd", work, "--output", str(draft), "--report-name", title, str(results_dir.resolve())]
        told = _run(command, {"COUNTERSIGN_ALLURE_HISTORY": str(past)}, Path(work) / "allure.log", within)
        page = draft / "index.html"
        if not page.exists():
            raise AllureNotRendered(f"Allure wrote no page: {told}")
        rendered = with_honest_share(without_trackers(page.read_text(encoding="utf-8")))
        out_dir.mkdir()
        (out_dir / "index.html").write_text(rendered, encoding="utf-8")
        if history_path is not None:
            history.append_last(past, history_path)
    return out_dir / "index.html"


def _run(command: list[str], settings: dict[str, str], log: Path, within: float) -> str:
    # Its standard input is a pipe of ours: the configuration ends Node when it closes, so it never outlives us.
    with log.open("w", encoding="utf-8") as told:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, **settings, "NO_COLOR": "1"},
            start_new_session=True,
        )
        try:
            process.wait(timeout=within)
        except subprocess.TimeoutExpired as error:
            raise AllureNotRendered(f"Allure did not render the report within {within:g} s") from error
        finally:
            _end(process)
    text = " ".join(log.read_text(encoding="utf-8", errors="replace").split())[-600:]
    if process.returncode != 0:
        raise AllureNotRendered(f"Allure ended with {process.returncode}: {text}")
    return text


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
