"""PyTorch: what in a model can be measured, its weights, its probe, its ranks."""

from __future__ import annotations

from .layouts import register
from .probe import capture

__all__ = ["capture", "register"]
