"""Lyapunov spectra the slow and plain way: full Jacobians, LAPACK's QR, formulas as written."""

import json

import numpy as np
import torch

from derived import values
from files import TensorFile, recurrent_core
from network import Network

DEFAULTS = {"state": "full", "warmup": 0, "burn_in": 20, "steps": 120,
            "orthonormalize_every": "auto", "exponents": "all", "sequences": "all",
            "initial_basis": "random", "seed": 0}
DRIVES = ("inputs", "noise", "noise_mult", "noise_add")


def measure(snapshot: TensorFile, probe: TensorFile, overrides: dict | None = None) -> dict:
    """The measured values of one snapshot under a probe."""
    architecture, tensors = recurrent_core(snapshot)
    network = Network(architecture, tensors)
    protocol = protocol_of(probe, overrides)
    sequences = [_Sequence(network, protocol, probe, b).run() for b in range(count(probe, protocol))]
    complete = sequences[0].q.shape[0] == sequences[0].q.shape[1]
    return values(protocol, sequences, network.time_step, complete)


def protocol_of(probe: TensorFile, overrides: dict | None = None) -> dict:
    """All fields decided; without a name the steps shrink to what the probe's tensors allow."""
    own = json.loads(probe.metadata.get("lyascope.protocol", "{}"))
    protocol = {**DEFAULTS, **own, **(overrides or {})}
    lengths = [t.shape[1] for name, t in probe.tensors.items() if name in DRIVES and t.shape[2]]
    if lengths and not protocol.get("name"):
        fits = min(lengths) - protocol["warmup"] - protocol["burn_in"]
        protocol["steps"] = min(protocol["steps"], fits)
    return protocol


def count(probe: TensorFile, protocol: dict) -> int:
    """How many sequences are measured."""
    present = [len(t) for name, t in probe.tensors.items() if name in (*DRIVES, "h0")][0]
    return present if protocol["sequences"] == "all" else protocol["sequences"]


def basis(probe: TensorFile, protocol: dict, measured: int, b: int) -> np.ndarray:
    """The first Q of a sequence."""
    wanted = protocol["exponents"]
    if "q0" in probe.tensors:
        q0 = probe.tensors["q0"]
        q0 = q0[b] if q0.ndim == 3 else q0
        return q0 if wanted == "all" else q0[:, :wanted]
    k = measured if wanted == "all" else wanted
    if protocol["initial_basis"] == "identity":
        return np.eye(measured, k)
    # A random basis is another one in every program: exact comparison wants identity or q0.
    random = np.random.default_rng(protocol["seed"])
    return _orthonormalize(random.standard_normal((measured, k)))[0]


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
        self.drives = {name: torch.from_numpy(probe.tensors[name][b].copy())
                       for name in DRIVES if name in probe.tensors}
        self.q = basis(probe, protocol, self.measured, b)
        # `auto` here means every step: the most accurate interval there is.
        every = protocol["orthonormalize_every"]
        self.every = 1 if every == "auto" else every
        self.participation: list[float] = []
        self.states: list[np.ndarray] | np.ndarray = []
        self.activity = None

    def run(self) -> "_Sequence":
        warmup, burn_in = self.protocol["warmup"], self.protocol["burn_in"]
        counted = warmup + burn_in
        with torch.no_grad():
            for t in range(warmup):
                self.state = self.network.step(self.state, self._drive(t))
        self._phase(range(warmup, counted), counting=False)
        steps = self.protocol["steps"]
        growth, blur = self._phase(range(counted, counted + steps), counting=True)
        self.rates, self.resolution = growth / steps, blur / steps
        self.states = np.stack(self.states)
        self.activity = self.network.activity(self.states)
        return self

    def _drive(self, t: int) -> dict[str, torch.Tensor]:
        return {name: series[t] for name, series in self.drives.items()}

    def _phase(self, times: range, counting: bool) -> tuple[np.ndarray, np.ndarray]:
        """Summed log growth of every basis vector, and what rounding may have added to it."""
        growth = np.zeros(self.q.shape[1])
        blur = np.zeros(self.q.shape[1])
        for done, t in enumerate(times, 1):
            self.state, jacobian = self.network.step_and_jacobian(
                self.state, self._drive(t), self.measured)
            self.q = jacobian.numpy() @ self.q
            if counting:
                self.states.append(self.state[: self.network.h_size].numpy().copy())
            if done % self.every == 0 or done == len(times):
                longest = np.linalg.norm(self.q, axis=0).max()
                self.q, diagonal = _orthonormalize(self.q)
                with np.errstate(divide="ignore", invalid="ignore"):
                    growth += np.log(diagonal)
                    blur += np.log1p(len(self.q) * 2.0**-52 * longest / diagonal)
                if counting:
                    self.participation.append(1 / np.sum(self.q[:, 0] ** 4))
        return growth, np.nan_to_num(blur, nan=np.inf, posinf=np.inf)


def _orthonormalize(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """LAPACK's Householder QR with the signs chosen so that diag(R) >= 0."""
    q, r = np.linalg.qr(z)
    diagonal = np.diagonal(r)
    return q * np.where(diagonal < 0, -1.0, 1.0), np.abs(diagonal)
