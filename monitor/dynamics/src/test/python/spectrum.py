"""Lyapunov spectra the slow and plain way: full Jacobians, LAPACK's QR, formulas as written."""

import json
import math

import numpy as np
import torch

from files import TensorFile, recurrent_core
from network import Network

DEFAULTS = {"state": "full", "warmup": 0, "burn_in": 20, "steps": 120,
            "orthonormalize_every": "auto", "exponents": "all", "sequences": "all",
            "initial_basis": "random", "seed": 0}
NEAR_ZERO = 0.01
RESOLVED = 1e-7


def measure(snapshot: TensorFile, probe: TensorFile, overrides: dict | None = None) -> dict:
    """The measured values of one snapshot under a probe."""
    architecture, tensors = recurrent_core(snapshot)
    network = Network(architecture, tensors)
    own = json.loads(probe.metadata.get("lyascope.protocol", "{}"))
    protocol = {**DEFAULTS, **own, **(overrides or {})}
    inputs = probe.tensors["inputs"]
    if protocol["sequences"] != "all":
        inputs = inputs[: protocol["sequences"]]
    if not protocol.get("name"):
        fits = inputs.shape[1] - protocol["warmup"] - protocol["burn_in"]
        protocol["steps"] = min(protocol["steps"], fits)
    sequences = [_Sequence(network, protocol, probe, b).run(inputs[b]) for b in range(len(inputs))]
    return _values(protocol, sequences)


class _Sequence:
    """The tangent flow along one input sequence."""

    def __init__(self, network: Network, protocol: dict, probe: TensorFile, b: int) -> None:
        self.network = network
        self.protocol = protocol
        hidden_only = protocol["state"] == "hidden"
        self.measured = network.h_size if hidden_only else network.state_size
        self.state = torch.zeros(network.state_size, dtype=torch.float64)
        if "h0" in probe.tensors:
            self.state = torch.from_numpy(probe.tensors["h0"][b].copy())
        self.q = self._basis(probe, b)
        # `auto` here means every step: the most accurate interval there is.
        every = protocol["orthonormalize_every"]
        self.every = 1 if every == "auto" else every
        self.participation: list[float] = []
        self.activity: list[np.ndarray] = []

    def run(self, inputs: np.ndarray) -> "_Sequence":
        x = torch.from_numpy(np.ascontiguousarray(inputs))
        warmup, burn_in = self.protocol["warmup"], self.protocol["burn_in"]
        counted = warmup + burn_in
        with torch.no_grad():
            for t in range(warmup):
                self.state = self.network.step(self.state, x[t])
        self._phase(x[warmup:counted], counting=False)
        steps = self.protocol["steps"]
        growth, blur = self._phase(x[counted : counted + steps], counting=True)
        self.rates, self.resolution = growth / steps, blur / steps
        return self

    def _phase(self, inputs: torch.Tensor, counting: bool) -> tuple[np.ndarray, np.ndarray]:
        """Summed log growth of every basis vector, and what rounding may have added to it."""
        growth = np.zeros(self.q.shape[1])
        blur = np.zeros(self.q.shape[1])
        for t in range(len(inputs)):
            self.state, jacobian = self.network.step_and_jacobian(
                self.state, inputs[t], self.measured)
            self.q = jacobian.numpy() @ self.q
            if counting:
                self.activity.append(self.state[: self.network.h_size].numpy().copy())
            if (t + 1) % self.every == 0 or t + 1 == len(inputs):
                longest = np.linalg.norm(self.q, axis=0).max()
                self.q, diagonal = _orthonormalize(self.q)
                with np.errstate(divide="ignore", invalid="ignore"):
                    growth += np.log(diagonal)
                    blur += np.log1p(len(self.q) * 2.0**-52 * longest / diagonal)
                if counting:
                    self.participation.append(1 / np.sum(self.q[:, 0] ** 4))
        return growth, np.nan_to_num(blur, nan=np.inf, posinf=np.inf)

    def _basis(self, probe: TensorFile, b: int) -> np.ndarray:
        if "q0" in probe.tensors:
            q0 = probe.tensors["q0"]
            return q0[b] if q0.ndim == 3 else q0
        wanted = self.protocol["exponents"]
        k = self.measured if wanted == "all" else wanted
        if self.protocol["initial_basis"] == "identity":
            return np.eye(self.measured, k)
        # A random basis is another one in every program: exact comparison wants identity or q0.
        random = np.random.default_rng([self.protocol["seed"], b])
        return _orthonormalize(random.standard_normal((self.measured, k)))[0]


def _orthonormalize(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """LAPACK's Householder QR with the signs chosen so that diag(R) >= 0."""
    q, r = np.linalg.qr(z)
    diagonal = np.diagonal(r)
    return q * np.where(diagonal < 0, -1.0, 1.0), np.abs(diagonal)


def _values(protocol: dict, sequences: list[_Sequence]) -> dict:
    rates = np.stack([s.rates for s in sequences])
    mean = rates.mean(0)
    resolution = np.max([s.resolution for s in sequences], axis=0)
    order = np.argsort(-mean, kind="stable")
    exponents = mean[order]
    error = None
    with np.errstate(invalid="ignore"):
        variance = float(exponents.var())
        if len(sequences) > 1:
            error = (rates.std(0, ddof=1) / math.sqrt(len(sequences)))[order].tolist()
    activity = np.concatenate([s.activity for s in sequences])
    complete = len(exponents) == sequences[0].measured
    return {
        "state": protocol["state"],
        "exponents": exponents.tolist(),
        "standard_error": error,
        "resolution": resolution[order].tolist(),
        "resolved": int((resolution < RESOLVED).sum()),
        "dead": int((resolution >= RESOLVED).sum()),
        "max": float(exponents.max()),
        "min": float(exponents.min()),
        "mean": float(exponents.mean()),
        "variance": variance,
        "positive": int((exponents > NEAR_ZERO).sum()),
        "near_zero": int((np.abs(exponents) <= NEAR_ZERO).sum()),
        "entropy_rate": float(exponents[exponents > 0].sum()),
        "kaplan_yorke_dimension": _kaplan_yorke(exponents, complete),
        "leading_vector_participation_ratio":
            float(np.mean([s.participation for s in sequences])),
        "pca_dimension": _participation(activity),
    }


def _kaplan_yorke(exponents: np.ndarray, complete: bool) -> float | None:
    """Whole exponents that together still grow, and the fraction of the next one."""
    total = 0.0
    for k, exponent in enumerate(exponents):
        if total + exponent < 0:
            return k + total / abs(exponent)
        total += exponent
    return float(len(exponents)) if complete else None


def _participation(samples: np.ndarray) -> float:
    """(sum l)^2 / sum l^2 over the eigenvalues l of the samples' covariance."""
    eigenvalues = np.linalg.eigvalsh(np.atleast_2d(np.cov(samples.T)))
    square = float(np.sum(eigenvalues**2))
    return float(np.sum(eigenvalues)) ** 2 / square if square > 0 else 0.0
