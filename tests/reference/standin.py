"""A tiny system for the tests of the stack: notes in a SQLite file in WAL mode, through connections that stay open.

`python standin.py` serves; `python standin.py --list-faults` prints its faults. `DIES=1` makes it end at its start.
"""

import json
import os
import sqlite3
import sys
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from reference.common.serve import serve

FAULTS = ["loses-notes", "tells-lies"]
SHOWN = ("AI_TIMEOUT_SECONDS", "STANDIN_FAULTS", "OPENAI_BASE_URL", "OPENAI_API_KEY", "SECRET_OF_THE_SHELL")


@dataclass(frozen=True)
class Settings:
    host: str
    port: int


def create_app(database: str) -> Starlette:
    def open_connection() -> sqlite3.Connection:
        connection = sqlite3.connect(database, timeout=0.5, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text TEXT)")
        return connection

    reader, writer = open_connection(), open_connection()

    def health(request: Request) -> JSONResponse:
        try:
            reader.execute("SELECT count(*) FROM notes").fetchone()
        except sqlite3.OperationalError as error:
            return JSONResponse({"status": "unhealthy", "why": str(error)}, 503)
        return JSONResponse({"status": "healthy"})

    def notes(request: Request) -> JSONResponse:
        try:
            if request.method == "POST":
                writer.execute("INSERT INTO notes VALUES (?)", (request.query_params["text"],))
            return JSONResponse([text for (text,) in reader.execute("SELECT text FROM notes")])
        except sqlite3.OperationalError as error:
            return JSONResponse({"detail": str(error)}, 503)

    def settings(request: Request) -> JSONResponse:
        return JSONResponse({name: os.environ.get(name) for name in SHOWN})

    return Starlette(
        routes=[
            Route("/api/health", health),
            Route("/notes", notes, methods=["GET", "POST"]),
            Route("/settings", settings),
        ]
    )


def main() -> None:
    if "--list-faults" in sys.argv:
        print(json.dumps(FAULTS))
        return
    if os.environ.get("DIES"):
        sys.exit("the stand-in cannot find its teapot")
    print("the stand-in starts")
    serve(create_app(os.environ["DATABASE_PATH"]), Settings(os.environ["HOST"], int(os.environ["PORT"])))


if __name__ == "__main__":
    main()
