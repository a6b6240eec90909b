"""Small measurement cases: random networks of every shape the engine must handle.

A case is a snapshot and a probe whose protocol asks for a basis that every program can build.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from files import write

GATES = {"rnn": 1, "lstm": 4, "gru": 3}
TWO_PARTS = ("lstm", "cornn", "lem")
NOISE = {"rate": ("noise",), "noisy": ("noise_mult", "noise_add")}


@dataclass
class Case:
    """What makes one case; `gain` scales the recurrent weights."""

    name: str
    cell: str
    hidden: int
    layers: int = 1
    inputs: int = 3
    nonlinearity: str = "tanh"
    bias: bool = True
    dtype: str = "F64"
    # The core's place in the larger model, and what training wrappers put before and behind it.
    prefix: str = ""
    wrapper: str = ""
    inner: str = ""
    sequences: int = 2
    protocol: dict = field(default_factory=dict)
    # "" for none, "shared" for [S, k], "each" for [B, S, k].
    q0: str = ""
    h0: bool = False
    gain: float = 1.0
    seed: int = 0
    hyper: dict = field(default_factory=dict)
    # Recorded noise in the probe.
    noise: bool = False
    # Added to all elements of a tensor, or one number for each of its equal blocks of rows.
    shift: dict = field(default_factory=dict)
    # What becomes of each tensor of PyTorch's cells, by its name.
    edit: Callable[[str, np.ndarray], np.ndarray] = lambda _, values: values
    # Tensors of the cell's other layout or its optional ones.
    extra: tuple = ()

    @property
    def steps(self) -> int:
        """The steps of input that the protocol consumes."""
        p = self.protocol
        return p.get("warmup", 0) + p.get("burn_in", 0) + p.get("steps", 12)

    @property
    def state_size(self) -> int:
        return self.hidden * self.layers * (2 if self.cell in TWO_PARTS else 1)

    @property
    def measured(self) -> int:
        hidden_only = self.protocol.get("state") == "hidden"
        return self.hidden * self.layers if hidden_only else self.state_size


def write_case(case: Case, snapshot_path, probe_path) -> None:
    random = np.random.default_rng(case.seed)
    write(snapshot_path, _snapshot_metadata(case), _weights(case, random))
    write(probe_path, _probe_metadata(case), _probe(case, random))


def _weights(case: Case, random: np.random.Generator) -> dict[str, tuple[str, np.ndarray]]:
    tensors = _pytorch(case, random) if case.cell in GATES else _others(case, random)
    for name, offset in case.shift.items():
        dtype, values = tensors[name]
        blocks = np.atleast_1d(np.asarray(offset, float))
        by_row = np.repeat(blocks, len(values) // len(blocks))
        tensors[name] = (dtype, values + by_row.reshape(-1, *[1] * (values.ndim - 1)))
    return tensors


def _others(case: Case, random: np.random.Generator) -> dict[str, tuple[str, np.ndarray]]:
    """The cells that are no PyTorch modules; `gain` scales their square matrices."""
    tensors = {}
    for name, shape in shapes(case.cell, case.inputs, case.hidden, case.extra).items():
        if name.endswith("bias") and not case.bias:
            continue
        recurrent = len(shape) == 2 and shape[1] != case.inputs
        scale = (case.gain if recurrent else 0.6) / np.sqrt(shape[-1]) if len(shape) == 2 else 0.3
        values = scale * random.standard_normal(shape)
        tensors[f"{case.wrapper}{case.prefix}{case.inner}{name}"] = (case.dtype, values)
    return tensors


def shapes(cell: str, d: int, h: int, extra: tuple = ()) -> dict[str, tuple[int, ...]]:
    """Tensor names and shapes [out, in] of the contract, of the cells that have one layer."""
    square, line, drive = (h, h), (h,), (h, d)
    match cell:
        case "asrnn":
            return {"weight_ih": drive, "weight_hh": square, "bias": line}
        case "cornn" if "public" in extra:
            return {"cell.i2h.weight": (h, d + 2 * h), "cell.i2h.bias": line}
        case "cornn":
            return {"wy.weight": square, "wz.weight": square, "V.weight": drive, "V.bias": line}
        case "lipschitz":
            return {"B": square, "C": square, "E.weight": drive, "E.bias": line}
        case "noisy":
            return {"B": square, "C": square, "E.weight": drive, "E.bias": line, "d": line}
        case "lem":
            return {"cell.inp2hid.weight": (4 * h, d), "cell.inp2hid.bias": (4 * h,),
                    "cell.hid2hid.weight": (3 * h, h), "cell.hid2hid.bias": (3 * h,),
                    "cell.transform_z.weight": square, "cell.transform_z.bias": line}
        case "rate":
            present = {"weight_hh": square} | ({"weight_ih": drive} if d else {})
            present |= {"bias": line} if "bias" in extra else {}
            return present | ({"u": line, "w": line} if "u" in extra else {})
    raise ValueError(cell)


def _pytorch(case: Case, random: np.random.Generator) -> dict[str, tuple[str, np.ndarray]]:
    rows = GATES[case.cell] * case.hidden
    tensors = {}
    for layer in range(case.layers):
        width = case.inputs if layer == 0 else case.hidden
        shapes = {"weight_ih": (rows, width), "weight_hh": (rows, case.hidden)}
        if case.bias:
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
        for kind, shape in shapes.items():
            gain = case.gain if kind == "weight_hh" else 0.6
            scale = gain / np.sqrt(shape[1]) if len(shape) == 2 else 0.2
            name = f"{case.wrapper}{case.prefix}{case.inner}{kind}_l{layer}"
            values = scale * random.standard_normal(shape)
            tensors[name] = (case.dtype, case.edit(f"{kind}_l{layer}", values))
    if case.prefix:
        # Something beside the core that no reader may take for it.
        tensors[f"{case.wrapper}head.weight"] = (case.dtype, random.standard_normal((2, 3)))
    return tensors


def _probe(case: Case, random: np.random.Generator) -> dict[str, tuple[str, np.ndarray]]:
    shape = (case.sequences, case.steps, case.inputs)
    tensors = {"inputs": ("F64", random.standard_normal(shape))} if case.inputs else {}
    for name in NOISE.get(case.cell, ()) if case.noise else ():
        shape = (case.sequences, case.steps, case.hidden)
        tensors[name] = ("F64", 0.5 * random.standard_normal(shape) + (name == "noise_mult"))
    if case.h0:
        h0 = 0.5 * random.standard_normal((case.sequences, case.state_size))
        tensors["h0"] = ("F64", h0)
    if case.q0:
        wanted = case.protocol.get("exponents", "all")
        k = case.measured if wanted == "all" else wanted
        shape = (case.sequences, case.measured, k)
        q0 = np.linalg.qr(random.standard_normal(shape))[0]
        tensors["q0"] = ("F64", q0 if case.q0 == "each" else q0[0])
    return tensors


def _snapshot_metadata(case: Case) -> dict[str, str]:
    architecture = {"cell": case.cell, "input_size": case.inputs, "hidden_size": case.hidden,
                    "num_layers": case.layers, "bias": case.bias, "prefix": case.prefix,
                    "nonlinearity": case.nonlinearity, "hyper": case.hyper}
    return {"lyascope.format": "snapshot/1", "lyascope.run": case.name, "lyascope.attempt": "0",
            "lyascope.step": "0", "lyascope.architecture": json.dumps(architecture),
            "lyascope.scalars": "{}"}


def _probe_metadata(case: Case) -> dict[str, str]:
    protocol = {"burn_in": 0, "steps": 12, "orthonormalize_every": 1,
                "initial_basis": "identity", **case.protocol}
    return {"lyascope.format": "probe/1", "lyascope.source": "synthetic",
            "lyascope.protocol": json.dumps(protocol)}


GOLDEN = (
    Case("rnn-tanh", "rnn", 8, gain=2.5, seed=1),
    Case("rnn-tanh-2-layers", "rnn", 4, layers=2, protocol={"burn_in": 3}, seed=2),
    Case("rnn-relu", "rnn", 6, nonlinearity="relu", gain=1.8, protocol={"exponents": 1},
         q0="shared", seed=3),
    Case("rnn-relu-2-layers", "rnn", 5, layers=2, nonlinearity="relu", gain=2.2,
         protocol={"exponents": 1, "steps": 8}, q0="each", h0=True, seed=4),
    Case("rnn-hidden-size-1", "rnn", 1, gain=0.7, seed=5),
    Case("rnn-every-3", "rnn", 4, protocol={"orthonormalize_every": 3, "steps": 13, "burn_in": 4},
         seed=6),
    Case("rnn-no-bias-f32", "rnn", 5, bias=False, dtype="F32", seed=7),
    Case("lstm-full", "lstm", 8, gain=4.5, seed=8),
    Case("lstm-hidden", "lstm", 4, protocol={"state": "hidden"}, seed=9),
    Case("lstm-full-2-layers-bf16", "lstm", 3, layers=2, dtype="BF16", prefix="rnn.",
         wrapper="module.", seed=10),
    Case("lstm-hidden-3-layers", "lstm", 3, layers=3, gain=2.0,
         protocol={"state": "hidden", "warmup": 4, "burn_in": 5}, h0=True, seed=11),
    Case("lstm-no-bias-f16-partial", "lstm", 5, bias=False, dtype="F16",
         protocol={"exponents": 3, "warmup": 2}, sequences=3, seed=12),
    Case("lstm-hidden-size-1", "lstm", 1, sequences=1, protocol={"steps": 20}, seed=13),
    Case("gru", "gru", 8, gain=7.0, seed=14),
    Case("gru-2-layers-q0-each", "gru", 3, layers=2, q0="each", h0=True, sequences=3,
         protocol={"exponents": 4, "burn_in": 2}, prefix="model.core.",
         wrapper="_orig_mod.module.", seed=15),
    Case("gru-no-bias-f32-every-2", "gru", 4, bias=False, dtype="F32", gain=3.0,
         protocol={"orthonormalize_every": 2, "steps": 15, "sequences": 2}, sequences=3, seed=16),
    Case("gru-auto", "gru", 6, protocol={"orthonormalize_every": "auto", "steps": 40}, seed=17),
    Case("lstm-auto", "lstm", 4, layers=2,
         protocol={"orthonormalize_every": "auto", "steps": 40, "burn_in": 10}, q0="shared",
         seed=18),
)


def random_cases(count: int, seed: int) -> list[Case]:
    """Cases drawn at random, for comparisons beyond the golden ones."""
    random = np.random.default_rng(seed)
    cases = []
    for i in range(count):
        cell = str(random.choice(["rnn", "lstm", "gru"]))
        every = [1, 1, 2, "auto"][random.integers(4)]
        protocol = {"orthonormalize_every": every, "steps": int(random.integers(5, 30)),
                    "warmup": int(random.integers(0, 4)), "burn_in": int(random.integers(0, 6)),
                    "state": str(random.choice(["full", "hidden"]))}
        cases.append(Case(
            f"random-{seed}-{i}", cell, int(random.integers(1, 9)), int(random.integers(1, 4)),
            inputs=int(random.integers(1, 6)), bias=bool(random.integers(2)),
            dtype=str(random.choice(["F64", "F32", "F16", "BF16"])),
            sequences=int(random.integers(1, 4)), protocol=protocol,
            q0=str(random.choice(["", "shared", "each"])), h0=bool(random.integers(2)),
            gain=float(random.uniform(0.5, 2.0)), seed=int(random.integers(2**31))))
    return cases
