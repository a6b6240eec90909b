"""The format's own library opens every type that is sent of a PyTorch model."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from lyascope.safetensors import TensorFile, write
from lyascope.source import Options
from lyascope.torch.source import TorchSource
from torch_models import CharModel


@pytest.mark.parametrize("dtype", ["F64", "F32", "F16", "BF16"])
def test_the_library_opens_every_type(dtype: str, tmp_path: Path) -> None:
    model = CharModel()
    types = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16}
    wanted = model.rnn.weight_hh_l0.detach().to(types.get(dtype, torch.bfloat16))
    path = tmp_path / "file.safetensors"
    path.write_bytes(write(TensorFile({}, TorchSource(model, Options(dtype=dtype)).read())))
    with safe_open(path, "pt") as file:
        found = file.get_tensor("rnn.weight_hh_l0")
    assert found.dtype == wanted.dtype and torch.equal(found, wanted)
