"""The page's Markdown reader, in a real browser: what it makes of a text, and that it never makes markup of it."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from countersign.evidence import Recorder, Redactor
from countersign.transport.browser import Browser
from reference.common.pages import PageFiles

FILES = PageFiles(Path(__file__).parents[2] / "reference" / "chattrain" / "page")
EMPTY = "<!doctype html><html lang=en><title>Markdown</title><link rel=icon href='data:,'><main></main>"


class _Files(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script = FILES.find(self.path.removeprefix("/page/")) if self.path.startswith("/page/") else None
        body = script.content if script else EMPTY.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def render(browser: Browser) -> Iterator[Callable[[str], str]]:
    """Give a function from Markdown to the HTML of the elements that the page makes of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    window = browser.window(
        f"http://127.0.0.1:{server.server_port}", system="chattrain", actor="Ben", recorder=Recorder(Redactor())
    )
    window.open()

    def made(source: str) -> str:
        html = window.page.evaluate(
            """async (source) => {
              const { renderMarkdown } = await import("/page/markdown.js");
              const box = document.createElement("div");
              box.append(renderMarkdown(source));
              return box.innerHTML;
            }""",
            source,
        )
        assert window.seen.errors == []
        return str(html)

    yield made
    window.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# Title", "<h3>Title</h3>"),
        ("###### Deep", "<h6>Deep</h6>"),
        ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("**strong** and *soft* and `code`", "<p><strong>strong</strong> and <em>soft</em> and <code>code</code></p>"),
        ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("3. three\n4. four", '<ol start="3"><li>three</li><li>four</li></ol>'),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   more\n2. b", "<ol><li>a\nmore</li><li>b</li></ol>"),
        ("> said\n> so", "<blockquote><p>said\nso</p></blockquote>"),
        ("```sh\n<b> & c\n```", "<pre><code>&lt;b&gt; &amp; c</code></pre>"),
        ("---", "<hr>"),
        (
            "| A | B |\n|---|---|\n| 1 | **2** |",
            '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            "<tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>",
        ),
        (
            "[site](https://example.org/a)",
            '<p><a href="https://example.org/a" target="_blank" rel="noopener noreferrer">site</a></p>',
        ),
    ],
)
def test_markdown_becomes_elements(render: Callable[[str], str], source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "**<b onclick=alert(1)>x</b>**",
        "`<svg onload=alert(1)>`",
        "| <i>a</i> |\n|---|\n| <u>b</u> |",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://example.org/picture.png)",
    ],
)
def test_markup_and_scripts_stay_text(render: Callable[[str], str], source: str) -> None:
    html = render(source)

    for forbidden in ("<script", "<img", "<b ", "<svg", "<i>", "<u>", 'href="javascript', 'href="data'):
        assert forbidden not in html


@pytest.mark.parametrize("source", ["", "\n\n", "#", "```\nno end", "- ", "|", "**", "*" * 5000, "> " * 60, "[" * 3000])
def test_odd_text_is_shown_and_holds_nothing_up(render: Callable[[str], str], source: str) -> None:
    assert isinstance(render(source), str)
