"""Start the reference systems as a process of their own and make sure that they end with the run."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from countersign.errors import SuiteError
from countersign.evidence.waiting import waiting
from countersign.paths import ROOT

READY_WITHIN = 90.0
GONE_WITHIN = 10.0


class EmbeddedStack:
    """`python -m reference up` with its standard input held open by us: when we end, however, it ends."""

    def __init__(
        self,
        systems: Sequence[str],
        faults: str = "",
        settings: Mapping[str, str] | None = None,
        database: str = "sqlite",
    ) -> None:
        command = [sys.executable, "-m", "reference", "up", "--stop-with-stdin", "--systems", ",".join(systems)]
        command += [part for name, value in (settings or {}).items() for part in ("--setting", f"{name}={value}")]
        command += ["--faults", faults] if faults else []
        command += ["--database", database]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
        )
        self._facts: dict[str, Any] = {}

    @waiting()
    def wait_ready(self) -> dict[str, Any]:
        """Give the ready line of the stack (shape: docs/reference-systems.md).

        Raises SuiteError with what the stack printed if it does not come up within 90 s.
        """
        assert self._process.stdout is not None
        ends = time.monotonic() + READY_WITHIN
        data = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in data:
                if not selector.select(max(0.0, ends - time.monotonic())):
                    self.stop()
                    raise SuiteError(f"the reference systems were not ready within {READY_WITHIN:.0f} s")
                chunk = os.read(self._process.stdout.fileno(), 65536)
                if not chunk:
                    raise SuiteError(f"the reference systems did not start: {self._last_words()}")
                data += chunk
        told = json.loads(data.splitlines()[0])
        if not told["ready"]:
            self.stop()
            raise SuiteError(f"the reference systems did not start: {told['error']}")
        self._facts = told
        return self._facts

    def _last_words(self) -> str:
        try:
            _, errors = self._process.communicate(timeout=GONE_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            _, errors = self._process.communicate()
        return errors.decode("utf-8", "replace").strip()[-800:] or "no message"

    @waiting()
    def stop(self) -> list[str]:
        """End the stack within 10 s and give what is left of it on disk (an empty list when all is gone)."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(GONE_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(GONE_WITHIN)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
        return sorted({str(path) for path in self._paths() if path.exists()})

    def _paths(self) -> list[Path]:
        return [Path(path) for entry in self._facts.get("systems", {}).values() for path in entry["work"].values()]
