"""The format's own library reads what is written here, and the other way round."""

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load, save

from lyascope.arrays import tensor
from lyascope.safetensors import TensorFile, read, write
from samples import weights


def test_the_library_opens_what_is_written_here(tmp_path) -> None:
    arrays = {**weights(), "scalar": np.array(3.0), "empty": np.zeros((0, 2))}
    for dtype, numpy_dtype in (("F64", "f8"), ("F32", "f4"), ("F16", "f2")):
        path = tmp_path / "file.safetensors"
        tensors = {name: tensor(array, dtype) for name, array in arrays.items()}
        path.write_bytes(write(TensorFile({"lyascope.run": "r"}, tensors)))
        with safe_open(path, "numpy") as file:
            assert file.metadata() == {"lyascope.run": "r"}
            for name, array in arrays.items():
                assert np.array_equal(file.get_tensor(name), array.astype(numpy_dtype))


def test_what_the_library_writes_is_read_here() -> None:
    arrays = weights()
    file = read(save(arrays, {"key": "ä"}))
    assert file.metadata == {"key": "ä"}
    for name, array in arrays.items():
        assert file.tensors[name].shape == array.shape
        assert file.tensors[name].numbers() == array.ravel().tolist()


def test_both_write_the_same_tensors() -> None:
    arrays = weights()
    ours = write(TensorFile({}, {name: tensor(a, "F64") for name, a in arrays.items()}))
    theirs = load(ours)
    assert {name: a.tolist() for name, a in theirs.items()} == {
        name: a.tolist() for name, a in arrays.items()
    }
