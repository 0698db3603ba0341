"""Telling the failed ones of many operations in the evidence of a scenario."""

from collections.abc import Iterable
from typing import Any

from countersign.evidence.operations import Operation

TOLD = 20
"""Failed operations that are told one by one."""


def tell_failed(stage: Any, operations: Iterable[Operation]) -> None:
    """Tell the failed operations in the evidence, the first ones one by one."""
    failed = [operation for operation in operations if operation.failed]
    for operation in failed[:TOLD]:
        stage.recorder.say(f"failed: {operation}")
    if len(failed) > TOLD:
        stage.recorder.say(f"... and {len(failed) - TOLD} more failed")
