"""What is costly to make: one process of a run of the tests makes it, and all use it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from filelock import FileLock


class Share(Protocol):
    """Returns the folder of that name. The first process that asks has `make` fill it; the others wait."""

    def __call__(self, name: str, make: Callable[[Path], object]) -> Path: ...


@pytest.fixture(scope="session")
def share(tmp_path_factory: pytest.TempPathFactory) -> Share:
    """Folders that the processes of a run have in common. Who changes something there copies it first."""
    base = tmp_path_factory.getbasetemp()
    # Each process of pytest-xdist has a folder of its own inside that of the run.
    common = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    common.mkdir(exist_ok=True)

    def shared(name: str, make: Callable[[Path], object]) -> Path:
        folder, made = common / name, common / f"{name}.made"
        with FileLock(common / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return shared
