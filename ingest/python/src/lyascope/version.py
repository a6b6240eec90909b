"""Who publishes, for the run document."""

from __future__ import annotations

import platform
import sys
from typing import Any

VERSION = "0.1.0.dev0"


def client() -> dict[str, Any]:
    """This package, the interpreter and the frameworks that are loaded."""
    loaded = {
        name: getattr(sys.modules[name], "__version__", "unknown")
        for name in ("torch", "lightning", "transformers", "keras", "jax")
        if name in sys.modules
    }
    return {
        "name": "lyascope-python",
        "version": VERSION,
        "python": platform.python_version(),
        **{name: str(version) for name, version in loaded.items()},
    }
