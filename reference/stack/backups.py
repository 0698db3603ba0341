"""Back a system's database up and restore it, with the system's own program."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from reference.stack.entry import SystemEntry
from reference.stack.errors import StackError, Unknown
from reference.stack.process import spawn

DONE_WITHIN = 60.0


async def keep(
    entry: SystemEntry, what: Literal["backup", "restore"], folder: Path, variables: Mapping[str, str]
) -> None:
    """Run the program's backup or restore. Raises Unknown for a system without, StackError with what it said."""
    if not entry.keeps_backups:
        raise Unknown(f"{entry.name} keeps no backups")
    pipe = asyncio.subprocess.PIPE
    process = await spawn((*entry.arguments, f"--{what}", str(folder)), variables, pipe, pipe)
    try:
        _, complaint = await asyncio.wait_for(process.communicate(), DONE_WITHIN)
    except TimeoutError:
        raise StackError(f"the {what} of {entry.name} was not done within {DONE_WITHIN:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise StackError(f"the {what} of {entry.name} failed: {complaint.decode(errors='replace').strip()[-500:]}")
