"""What a user reads and can do when a transfer failed (contract 3.3, MH-DL-04)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """A sentence, and things to do."""

    sentence: str
    guidance: tuple[str, ...]


_AGAIN = "Start the download again; what was fetched already is kept."
_ALTERNATIVE = "Ask for an alternative model meanwhile."

REASONS: dict[str, Explanation] = {
    "source_unreachable": Explanation(
        "The source of models could not be reached, or the connection to it broke off.",
        (
            "Check the network connection of the server.",
            "Wait a minute and start the download again; it continues where it stopped.",
            _ALTERNATIVE,
        ),
    ),
    "source_error": Explanation(
        "The source of models answered with an error.",
        ("Wait some minutes: the source may be overloaded.", _AGAIN, _ALTERNATIVE),
    ),
    "not_found": Explanation(
        "The source of models does not have this file any more.",
        (
            "Check for updates: a newer version may have replaced this one.",
            "Choose another model.",
        ),
    ),
    "timeout": Explanation(
        "The source of models stopped sending.",
        (
            "Wait a minute and start the download again; it continues where it stopped.",
            "Lower the load on the network.",
        ),
    ),
    "checksum_mismatch": Explanation(
        "What arrived does not match the published checksum, so it was not installed.",
        (
            "Start the download again: the damaged part is fetched anew.",
            "If it happens again, tell whoever runs the source of models.",
        ),
    ),
    "disk_full": Explanation(
        "The storage is full.",
        ("Run a clean-up, or delete a model that is not needed.", _AGAIN, "Ask an administrator for more space."),
    ),
    "permission": Explanation(
        "The models folder cannot be written.",
        ("Ask an administrator to allow writing into the models folder.", _AGAIN),
    ),
    "bad_file_list": Explanation(
        "The file list of this version cannot be used safely, so nothing was fetched.",
        ("Tell whoever runs the source of models.", "Choose another model or wait for the next version."),
    ),
}


class Guide:
    """Explains failures."""

    def explain(self, reason: str) -> Explanation:
        """Give sentence and guidance for a reason."""
        return REASONS[reason]
