"""What can go wrong in the stack, with the status that the control API answers."""


class StackError(Exception):
    """Anything the stack refuses or fails to do; the message says what and how to mend it."""

    status = 500


class Unusable(StackError):
    """A name or value given by the caller cannot be used."""

    status = 422


class NotNow(StackError):
    """The request makes no sense in the present state."""

    status = 409


class Unknown(StackError):
    """There is no such system, dependency or action."""

    status = 404


class Beyond(StackError):
    """What was asked for is not in the hands of the stack."""

    status = 501


class TooLate(StackError):
    """A change was asked for and is not in force within its time."""

    status = 504


class StartFailed(StackError):
    """A process ended, or was not ready in time; the message holds the end of its output."""

    status = 502
