"""Names of the seeded faults, as the system's own program lists them."""

import asyncio
import json
from collections.abc import Sequence

from reference.stack.entry import SystemEntry
from reference.stack.errors import StackError, Unusable
from reference.stack.process import spawn

LISTED_WITHIN = 60.0


async def refuse_unknown_faults(entry: SystemEntry, wanted: Sequence[str]) -> None:
    """Raise Unusable, naming the known ones, if the system has no fault of a wanted name."""
    if not wanted:
        return
    known = await known_faults(entry)
    if unknown := sorted(set(wanted) - set(known)):
        raise Unusable(f"{entry.name} has no seeded fault {', '.join(unknown)}; known are {', '.join(sorted(known))}")


async def known_faults(entry: SystemEntry) -> list[str]:
    """Ask the system's program for the names of its faults."""
    pipe = asyncio.subprocess.PIPE
    process = await spawn((*entry.arguments, "--list-faults"), {}, pipe, pipe)
    try:
        printed, complaint = await asyncio.wait_for(process.communicate(), LISTED_WITHIN)
        names = [str(name) for name in json.loads(printed)]
    except TimeoutError:
        raise StackError(f"{entry.name} did not list its faults within {LISTED_WITHIN:g} s") from None
    except ValueError:
        said = complaint.decode(errors="replace").strip()
        raise StackError(f"{entry.name} --list-faults must print a JSON list of names; it said: {said}") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return names
