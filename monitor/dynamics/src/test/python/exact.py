"""Lyapunov exponents in arithmetic of 90 digits, where no column of a basis is rounding noise.

Jacobians are central differences of the equations with a step of 1e-30, whose error is near 1e-60
of the third derivative, and Gram-Schmidt needs no care. Slow, and right wherever double precision
says it is.
"""

import mpmath
import numpy as np

from equations import Equations
from files import TensorFile, recurrent_core
from spectrum import DRIVES, basis, count, protocol_of

DIGITS = 90
STEP = mpmath.mpf(10) ** -30


class ExactOps:
    """What the equations need, element by element."""

    tanh = staticmethod(np.vectorize(mpmath.tanh, otypes=[object]))
    sigmoid = staticmethod(np.vectorize(lambda a: 1 / (1 + mpmath.exp(-a)), otypes=[object]))
    relu = staticmethod(np.vectorize(lambda a: a if a > 0 else 0 * a, otypes=[object]))
    hardtanh = staticmethod(np.vectorize(lambda a: max(-1 + 0 * a, min(1 + 0 * a, a)),
                                         otypes=[object]))
    sqrt = staticmethod(mpmath.sqrt)


def measure_exactly(snapshot: TensorFile, probe: TensorFile) -> list[float]:
    """The exponents, averaged over sequences and sorted."""
    with mpmath.workdps(DIGITS):
        architecture, tensors = recurrent_core(snapshot)
        weights = {name: _exact(values) for name, values in tensors.items()}
        equations = Equations(architecture, weights, ExactOps)
        protocol = protocol_of(probe)
        rates = [_rates(equations, protocol, probe, b) for b in range(count(probe, protocol))]
        return sorted((np.mean(rates, axis=0) / equations.time_step).tolist(), reverse=True)


def _rates(equations: Equations, protocol: dict, probe: TensorFile, b: int) -> np.ndarray:
    """Growth per step of every column of one sequence's basis."""
    hidden = equations.hidden
    size = hidden * equations.parts
    measured = hidden * equations.h_parts if protocol["state"] == "hidden" else size
    state = _exact(probe.tensors["h0"][b] if "h0" in probe.tensors else np.zeros(size))
    q = _exact(basis(probe, protocol, measured, b))
    begin = protocol["warmup"] + protocol["burn_in"]
    total = np.zeros(q.shape[1])
    for t in range(begin + protocol["steps"]):
        drive = {name: _exact(probe.tensors[name][b, t])
                 for name in DRIVES if name in probe.tensors}
        def step(flat):
            parts = [flat[i : i + hidden] for i in range(0, size, hidden)]
            return np.concatenate(equations.step(parts, drive))
        if t >= protocol["warmup"]:
            q = _pushed(step, state, q)
            growth = _orthonormalize(q)
            total += growth if t >= begin else 0
        state = step(state)
    return total / protocol["steps"]


def _pushed(step, state: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Directional derivatives along the columns of q, which has no entry for held parts."""
    pushed = []
    for column in q.T:
        direction = np.concatenate([column, _exact(np.zeros(len(state) - len(column)))])
        difference = step(state + STEP * direction) - step(state - STEP * direction)
        pushed.append(difference[: len(column)] / (2 * STEP))
    return np.stack(pushed, axis=1)


def _orthonormalize(z: np.ndarray) -> np.ndarray:
    """Gram-Schmidt in place; the logarithms of the lengths that were left."""
    growth = np.zeros(z.shape[1])
    for j in range(z.shape[1]):
        for i in range(j):
            z[:, j] -= (z[:, i] @ z[:, j]) * z[:, i]
        length = mpmath.sqrt(z[:, j] @ z[:, j])
        if length < mpmath.mpf(10) ** -50:
            # What finite differences leave of a dead direction; there is nothing to go on with.
            growth[j], z[:, j] = -np.inf, 0 * z[:, j]
        else:
            growth[j] = float(mpmath.log(length))
            z[:, j] /= length
    return growth


def _exact(values: np.ndarray) -> np.ndarray:
    return np.vectorize(mpmath.mpf, otypes=[object])(values)
