"""Serve the scripted AI: `HOST`, `PORT` and `CONTROL_TOKEN` come from the environment."""

import logging
import os
from dataclasses import dataclass

from reference.ai.answering import WithoutCuts
from reference.ai.server import create_app
from reference.common.environment import Environment
from reference.common.serve import serve


@dataclass(frozen=True)
class Settings:
    """Where to listen, and the bearer token of `/control`."""

    host: str
    port: int
    control_token: str

    @classmethod
    def read(cls, environment: Environment) -> "Settings":
        """Read the settings from environment variables."""
        return cls(
            host=environment.text("HOST", "127.0.0.1"),
            port=environment.integer("PORT", 8900),
            control_token=environment.text("CONTROL_TOKEN"),
        )


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = Settings.read(Environment(os.environ))
    logging.getLogger("uvicorn.error").addFilter(WithoutCuts())
    serve(create_app(settings.control_token), settings)


if __name__ == "__main__":
    main()
