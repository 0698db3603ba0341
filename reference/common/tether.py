"""Tie a process to the life of its parent (Linux: PR_SET_PDEATHSIG).

Run as a script it becomes another program that the kernel kills when its parent dies, however it dies:
`python -I -S tether.py <process id of the parent> <program> <argument> ...`. It uses the standard library alone.
On other systems it only starts the program; orderly ends are then the only ones that leave nothing behind.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def ask_for_signal(number: int) -> None:
    """Let the kernel send this process the signal `number` when the thread that started it ends."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot ask the kernel for a signal at the parent's death")


def main() -> None:
    """Become the program named on the command line, unless the parent is gone already."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    ask_for_signal(signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that asked for this one is gone")
    os.execvp(program[0], program)


if __name__ == "__main__":
    main()
