"""What the Java side wrote is read here, and what is written here is still what it reads there."""

from pathlib import Path

import numpy as np
import pytest

from golden.write import FOLDER, files, numbers
from lyascope.safetensors import read

JAVA = Path(__file__).parent / "golden" / "java"


@pytest.mark.parametrize("name", files())
def test_what_is_written_here_has_not_changed(name: str) -> None:
    assert (FOLDER / name).read_bytes() == files()[name]


@pytest.mark.parametrize("dtype", ["F64", "F32", "F16", "BF16"])
def test_files_of_the_java_side_are_read(dtype: str) -> None:
    file = read((JAVA / f"{dtype.lower()}.safetensors").read_bytes())
    assert file.metadata == {"lyascope.format": "snapshot/1", "lyascope.run": 'golden "ä" 1'}
    assert list(file.tensors) == ["matrix", "scalar", "empty", "grad/matrix"]
    shapes = {"matrix": (5, 40), "scalar": (), "empty": (0, 3), "grad/matrix": (5, 40)}
    for name, shape in shapes.items():
        assert file.tensors[name].dtype == dtype and file.tensors[name].shape == shape
        assert np.array_equal(file.tensors[name].numbers(), numbers(shape).ravel())
