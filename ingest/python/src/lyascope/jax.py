"""JAX: names for the leaves of a tree of parameters, as `Run.watch` takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax


def named(parameters: Any, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The leaves of a tree by their paths joined with dots, or as `names` says (path to name).

    With `names` other leaves are left out. The arrays are not copied: JAX never changes one.
    """
    leaves = jax.tree_util.tree_flatten_with_path(parameters)[0]
    found = {".".join(_key(key) for key in path): leaf for path, leaf in leaves}
    if names is None:
        return found
    return {name: found[path] for path, name in names.items()}


def _key(key: Any) -> str:
    for attribute in ("key", "idx", "name"):
        if hasattr(key, attribute):
            return str(getattr(key, attribute))
    return str(key)
