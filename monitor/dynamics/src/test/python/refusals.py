"""Files that no program can measure, and the error that each must be refused with."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from cases import GATES, Case, write_case
from every_cell import OTHERS
from files import read, write


def write_refusals(folder: Path) -> list[tuple[Path, Path, str, str]]:
    """Snapshot, probe, kind and field of every refusal there is."""
    refusals = []
    for case in _one_of_each():
        snapshot, probe = (folder / f"{case.name}.{kind}" for kind in ("snapshot", "probe"))
        write_case(case, snapshot, probe)
        source = read(snapshot)
        for number, name in enumerate(source.tensors):
            for kind, edit in EDITS.items():
                if edit is nothing and _may_be_absent(case.cell, name):
                    continue
                broken = folder / f"{case.name}-{number}-{edit.__name__}.snapshot"
                _rewrite(source, broken, {name: edit(source.tensors[name])})
                refusals.append((broken, probe, kind.rstrip("+-"), name))
        for number, (kind, field, old, new) in enumerate(ARCHITECTURES):
            broken = folder / f"{case.name}-architecture-{number}.snapshot"
            architecture = source.metadata["lyascope.architecture"]
            if old(case) in architecture:
                changed = architecture.replace(old(case), new)
                write(broken, {**source.metadata, "lyascope.architecture": changed},
                      {each: ("F64", values) for each, values in source.tensors.items()})
                refusals.append((broken, probe, kind, f"lyascope.architecture.{field}"))
    return refusals + _probes(folder) + [_overflowing(folder)]


def _probes(folder: Path) -> list[tuple[Path, Path, str, str]]:
    """Probes and protocols that do not suit a noisy network."""
    base = next(case for case in OTHERS if case.name == "noisy-recorded")
    case = replace(base, name="refused-probe", h0=True)
    snapshot, good = (folder / f"{case.name}.{kind}" for kind in ("snapshot", "probe"))
    write_case(case, snapshot, good)
    source = read(good)
    refusals = []
    for name, values in source.tensors.items():
        for edit in (nan, infinity, _one_more_along_each_axis):
            broken = folder / f"{case.name}-{name}-{edit.__name__}.probe"
            _rewrite(source, broken, {name: edit(values)})
            refusals.append((snapshot, broken, "probe", name))
    bare = folder / f"{case.name}-without-inputs.probe"
    _rewrite(source, bare, {"inputs": None})
    refusals.append((snapshot, bare, "probe", "inputs"))
    for number, (kind, field, change) in enumerate(PROTOCOLS):
        broken = folder / f"{case.name}-protocol-{number}.probe"
        own = json.loads(source.metadata["lyascope.protocol"])
        changed = {**source.metadata, "lyascope.protocol": json.dumps({**own, **change})}
        write(broken, changed, {each: ("F64", values) for each, values in source.tensors.items()})
        refusals.append((snapshot, broken, kind, field))
    return refusals


PROTOCOLS = (
    ("probe", "inputs", {"warmup": 1000}),
    ("probe", "inputs", {"name": "mine/1", "steps": 1000}),
    ("protocol", "exponents", {"exponents": 1000}),
    ("protocol", "sequences", {"sequences": 1000}),
)


def _one_more_along_each_axis(values: np.ndarray) -> np.ndarray:
    return np.pad(values, [(0, 1)] * values.ndim)


def _overflowing(folder: Path) -> tuple[Path, Path, str, str]:
    case = Case("refused-diverged", "rnn", 3, nonlinearity="relu",
                shift={"bias_ih_l0": 10.0, "weight_hh_l0": 1e200})
    pair = tuple(folder / f"{case.name}.{kind}" for kind in ("snapshot", "probe"))
    write_case(case, *pair)
    return *pair, "diverged", "state"


def _one_of_each() -> list[Case]:
    pytorch = [Case(f"refused-{cell}", cell, 3, layers=2, inputs=2) for cell in GATES]
    others = {case.cell + "".join(case.extra): case for case in OTHERS}
    return pytorch + [replace(case, name=f"refused-{key}", hidden=3, dtype="F64", prefix="",
                              wrapper="", inputs=case.inputs and 2)
                      for key, case in others.items()]


def nan(values: np.ndarray) -> np.ndarray:
    poisoned = values.copy()
    poisoned.flat[-1] = np.nan
    return poisoned


def infinity(values: np.ndarray) -> np.ndarray:
    poisoned = values.copy()
    poisoned.flat[0] = -np.inf
    return poisoned


def one_row_more(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, values[:1]])


def nothing(values: np.ndarray) -> None:
    return None


# A sign behind the kind only tells edits of the same kind apart.
EDITS = {"nonfinite_weights+": nan, "nonfinite_weights-": infinity, "shape": one_row_more,
         "missing_tensor": nothing}
ARCHITECTURES = (
    ("unsupported", "cell", lambda case: f'"{case.cell}"', '"transformer"'),
    ("shape", "hidden_size", lambda case: '"hidden_size": 3', '"hidden_size": 0'),
    ("shape", "hidden_size", lambda case: '"hidden_size": 3', '"hidden_size": 536870912'),
    ("shape", "num_layers", lambda case: '"num_layers": 2', '"num_layers": 2147483647'),
    ("unsupported", "hyper.dt", lambda case: f'"dt": {case.hyper["dt"]}' if case.cell == "rate"
     else "of rate networks only", '"dt": 0'),
)


def _rewrite(source, path: Path, changes: dict) -> None:
    tensors = {**source.tensors, **changes}
    write(path, source.metadata,
          {name: ("F64", values) for name, values in tensors.items() if values is not None})


def _may_be_absent(cell: str, tensor: str) -> bool:
    """Tensors that are optional, or whose absence means the cell's other layout."""
    return (cell, tensor) in (("rate", "bias"), ("cornn", "cell.i2h.weight"))
