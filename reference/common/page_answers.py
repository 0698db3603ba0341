"""Answers that are files of a page."""

import asyncio
from collections.abc import Callable

from starlette.responses import Response

from reference.common.pages import PageFiles


async def answer_with(pages: PageFiles, name: str, unknown: Callable[[], Exception]) -> Response:
    """Answer with a file of the page, under the policy of the page. Raises what `unknown` gives if there is none."""
    found = await asyncio.to_thread(pages.find, name)
    if found is None:
        raise unknown()
    headers = {
        "Content-Type": found.media_type,
        "Content-Security-Policy": pages.policy,
        "Cache-Control": "no-cache",
    }
    return Response(found.content, headers=headers)
