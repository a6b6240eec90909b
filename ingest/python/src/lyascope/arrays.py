"""Mappings of arrays: the way for JAX, NumPy and everything without a module of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .architecture import Architecture, Probe
from .safetensors import Tensor
from .source import Options, UnknownModelError

_NUMPY: Mapping[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
}


def tensor(array: Any, dtype: str = "F32") -> Tensor:
    """A copy of an array (NumPy, JAX, anything with `__array__`) as it travels."""
    values = np.asarray(array)
    if dtype == "BF16":
        return Tensor("BF16", values.shape, _bfloat16(values.astype("<f4")))
    with np.errstate(over="ignore"):
        return Tensor(dtype, values.shape, np.ascontiguousarray(values, _NUMPY[dtype]).tobytes())


def _bfloat16(values: np.ndarray[Any, Any]) -> bytes:
    """The upper halves, rounded to nearest even; NaN stays NaN whatever its payload."""
    bits = np.ascontiguousarray(values).view("<u4")
    rounded = bits + (((bits >> 16) & 1) + 0x7FFF)
    halves = np.where(np.isnan(values), 0x7FC0, rounded >> 16).astype("<u2")
    return halves.tobytes()


class ArraySource:
    """Weights as a mapping of names to arrays, or a function that returns the newest mapping.

    Gradients may be among them as `grad/NAME`.
    """

    needs_all_ranks = False

    def __init__(self, model: Any, options: Options) -> None:
        if options.architecture is None:
            raise UnknownModelError("a mapping of arrays needs an architecture")
        self._model = model
        self._dtype = options.dtype
        self._protocol = options.protocol
        self.architecture: Architecture = options.architecture

    def read(self) -> Mapping[str, Tensor]:
        arrays = self._model() if callable(self._model) else self._model
        return {str(name): tensor(array, self._dtype) for name, array in arrays.items()}

    def keep_gradients(self) -> None:
        """Those of a mapping are in it."""

    def probe(self, data: Any) -> Probe:
        """`data` is what the core sees: [B, T, D], or a mapping with `inputs`, `h0`, ..."""
        arrays = data if isinstance(data, Mapping) else {"inputs": data}
        return Probe(
            {name: tensor(array) for name, array in arrays.items()}, protocol=self._protocol
        )
