"""What is installed is pinned and has a reason, so that a signed run can be repeated."""

import re
from collections.abc import Iterator, Mapping

from .finding import Finding

_LINE = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[\w,.-]+\])?==(?P<version>[\w.!+-]+)(?:\s*;[^#]+)?\s+#\s*(?P<why>.{5,})$"
)


def pinned_with_reason(files: Mapping[str, str]) -> Iterator[Finding]:
    """Each requirement is `name==version  # why`, and none stands in two files."""
    seen: dict[str, str] = {}
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.lstrip().startswith("#") or line.startswith("-r "):
                continue
            match = _LINE.match(line.strip())
            if not match:
                yield Finding(
                    path,
                    number,
                    f"not pinned or without a reason: {line.strip()}",
                    "write `name==version  # why it is here`",
                )
                continue
            name = re.sub(r"[-_.]+", "-", match["name"]).lower()
            if name in seen:
                yield Finding(path, number, f"{match['name']} stands at {seen[name]} already", "keep it at one place")
            seen[name] = f"{path}:{number}"
