"""The suite's own exceptions: a small tree, each message naming the system, the exchange and what was expected."""


class CountersignError(Exception):
    """Anything this suite raises on purpose."""


class SystemFault(CountersignError, AssertionError):
    """The live system did something it must not do. A scenario that ends with one is REFUTED."""


class SystemUnreachable(SystemFault):
    """Nobody answers where the target says that the system is."""


class DeadlineExceeded(SystemFault):
    """The system did not do it within the time allowed; the message holds the last thing that was observed."""


class ContractBroken(SystemFault):
    """The system answered, but not in the form its contract promises (not JSON, a field missing, a wrong frame)."""


class PolitelyRefused(ContractBroken):
    """The system had too much to do and said so, with a time after which to try again."""


class LineClosed(SystemFault):
    """The system closed the connection while an answer was awaited. `code` is the WebSocket close code, if any."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class HandshakeRefused(SystemFault):
    """The system answered the opening of a chat line with something else than a line. `status` is its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NotVerified(CountersignError):
    """The sentence could not be checked here. A scenario that ends with one is NOT VERIFIED, never passed."""


class CapabilityMissing(NotVerified):
    """The target lacks something that the suite needs to see or to cause the behaviour."""


class NotEnoughSamples(NotVerified):
    """A figure was measured on fewer samples than its criterion asks for."""


class SuiteError(CountersignError):
    """The suite itself, its configuration or a feature is wrong; the message says how to mend it."""


class TargetError(SuiteError):
    """The target file or an option is wrong; the message names the file, the key and a value that would work."""
