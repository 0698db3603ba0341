"""The reasons for which a stack ends: a signal, the end of its standard input, the death of its parent."""

import asyncio
import contextlib
import os
import signal
import stat
import threading

from reference.common.tether import ask_for_signal

_LOOK_AT_PARENT = signal.SIGUSR1


class Ending:
    """Becomes set, with a reason, when the stack is to end."""

    def __init__(self) -> None:
        """Not set yet."""
        self._set = asyncio.Event()
        self.reason = ""

    async def wait(self) -> None:
        """Wait for the first reason."""
        await self._set.wait()

    def because(self, reason: str) -> None:
        """Ask for the end."""
        self.reason = self.reason or reason
        self._set.set()

    def watch_signals(self) -> None:
        """End on SIGTERM and SIGINT, and on SIGHUP unless it is ignored (nohup)."""
        loop = asyncio.get_running_loop()
        heard = [signal.SIGTERM, signal.SIGINT]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            heard.append(signal.SIGHUP)
        for number in heard:
            loop.add_signal_handler(number, self.because, number.name)

    def watch_parent(self) -> None:
        """End when the parent dies.

        The kernel reports the end of the thread that started this process; only when the parent is really another one
        has the whole process gone.
        """
        parent = os.getppid()

        def look() -> None:
            if os.getppid() != parent:
                self.because("the process that started the stack is gone")

        asyncio.get_running_loop().add_signal_handler(_LOOK_AT_PARENT, look)
        ask_for_signal(_LOOK_AT_PARENT)
        look()

    def watch_standard_input(self) -> None:
        """End when the standard input closes; what arrives on it is ignored."""
        loop = asyncio.get_running_loop()

        def read_to_the_end() -> None:
            while os.read(0, 4096):
                continue
            with contextlib.suppress(RuntimeError):  # the loop is closed: the stack has ended already
                loop.call_soon_threadsafe(self.because, "the standard input was closed")

        threading.Thread(target=read_to_the_end, name="standard input", daemon=True).start()


def standard_input_is_a_pipe() -> bool:
    """Tell whether a program holds the other end of the standard input."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
