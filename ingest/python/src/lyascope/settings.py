"""Where a run is published to, as the environment and the caller say."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from .jsontext import now
from .warn import warn_once

DEFAULT_URL = "http://127.0.0.1:8080"
_KAFKA = "LYASCOPE_KAFKA_"
_PREFIX = "topic.prefix"


@dataclass(frozen=True)
class Settings:
    """mode: online, offline or disabled; kafka: settings of librdkafka; token: for HTTP."""

    mode: str = "online"
    url: str = DEFAULT_URL
    bootstrap_servers: str | None = None
    #: Passwords are among them.
    kafka: Mapping[str, object] = field(default_factory=dict, repr=False)
    topic_prefix: str = "lyascope"
    token: str | None = field(default=None, repr=False)
    directory: Path = Path("lyascope-runs")

    @staticmethod
    def read(
        environment: Mapping[str, str] = os.environ, kafka: Mapping[str, object] | None = None
    ) -> Settings:
        """The environment's settings, over which go those given."""
        mode = environment.get("LYASCOPE_MODE", "").strip().lower() or "online"
        if mode not in ("online", "offline", "disabled"):
            warn_once("mode", "LYASCOPE_MODE is %r, wanted online, offline or disabled: off", mode)
            mode = "disabled"
        passed: dict[str, object] = {
            name[len(_KAFKA) :].lower().replace("_", "."): value
            for name, value in environment.items()
            if name.startswith(_KAFKA)
        }
        try:
            passed.update(kafka or {})
        except Exception as e:
            warn_once("kafka", "kafka is no mapping and is left out: %s", type(e).__name__)
        servers = environment.get("LYASCOPE_BOOTSTRAP_SERVERS") or passed.pop(
            "bootstrap.servers", None
        )
        return Settings(
            mode=mode,
            url=(environment.get("LYASCOPE_URL") or DEFAULT_URL).rstrip("/"),
            bootstrap_servers=str(servers) if servers else None,
            topic_prefix=str(passed.get(_PREFIX, "lyascope")),
            kafka={n: value for n, value in passed.items() if not n.startswith("topic.")},
            token=environment.get("LYASCOPE_TOKEN") or None,
            # Where it was when the run began: training may go elsewhere.
            directory=Path(environment.get("LYASCOPE_DIR") or "lyascope-runs").absolute(),
        )

    def page(self, run: str) -> str:
        """The run's page."""
        return f"{self.url}/#/run/{quote(run, safe='')}"


def run_id(name: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The id that the environment gives, or a new one that begins like the run's name."""
    given = environment.get("LYASCOPE_RUN")
    if given:
        return given
    slug = re.sub(r"[^a-z0-9]+", "-", (name or "run").lower()).strip("-")[:40] or "run"
    return f"{slug}-{now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
