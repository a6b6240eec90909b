"""Copies PyTorch tensors into bytes, with or without NumPy installed."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import torch

from ..safetensors import WIDTHS, Tensor

_TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
}


def wire_tensor(tensor: Any, dtype: str = "F32") -> Tensor:
    """A copy as it travels. Narrowed where it lies: less comes over the bus of a GPU."""
    narrow = tensor.detach().to(_TYPES[dtype]).cpu().contiguous()
    count = narrow.numel()
    data = ctypes.string_at(narrow.data_ptr(), count * WIDTHS[dtype]) if count else b""
    if sys.byteorder == "big":
        raise ValueError("tensors of big-endian machines are not supported")
    return Tensor(dtype, tuple(int(extent) for extent in narrow.shape), data)


def whole(tensor: Any) -> Any:
    """The tensor of which this process holds a shard; all ranks of its mesh have to call it."""
    return tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor


def is_shard(tensor: Any) -> bool:
    return hasattr(tensor, "full_tensor")
