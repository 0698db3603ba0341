"""A ChatTrain process and a scripted AI process of its own for the live tests; the shipped scenarios for the others."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chattrain_live import AiProcess, ChatTrainProcess

from reference.chattrain.catalogue import Catalogue
from reference.chattrain.database import Database
from reference.chattrain.scenario import Scenario
from reference.chattrain.settings import Settings


@pytest.fixture(scope="session")
def scenarios() -> dict[str, Scenario]:
    """Give the shipped scenarios by text id."""
    catalogue = Catalogue(Settings().content_path, Database(Path("never-opened.sqlite3")))
    return {scenario.id: scenario for scenario in map(catalogue.read, catalogue.folder_names())}


@pytest.fixture(scope="module")
def chattrain(ai: AiProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatTrainProcess]:
    """Give a running ChatTrain that the tests of a module share."""
    with ChatTrainProcess(tmp_path_factory.mktemp("chattrain"), ai) as process:
        yield process


@pytest.fixture
def another_chattrain(ai: AiProcess, tmp_path: Path) -> Iterator[Callable[..., ChatTrainProcess]]:
    """Give a function that starts a ChatTrain of this test alone, with settings of its own."""
    started: list[ChatTrainProcess] = []

    def start(**settings: str) -> ChatTrainProcess:
        started.append(ChatTrainProcess(tmp_path / f"chattrain{len(started)}", ai, **settings).__enter__())
        return started[-1]

    yield start
    for process in started:
        process.__exit__(None, None, None)


@pytest.fixture
def dripping_ai() -> Iterator[str]:
    """Give the address of a service that begins an answer and sends a byte of it now and then, without end."""
    ended = threading.Event()

    class Drip(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            try:
                while not ended.wait(0.05):
                    self.wfile.write(b" ")
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Drip)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    ended.set()
    server.shutdown()
    server.server_close()
    thread.join()
