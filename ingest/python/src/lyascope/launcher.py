"""What the launcher of a job says of this process, before any process group is there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from .warn import warn_once

#: How launchers count the restarts of a job.
_RESTARTS = ("LYASCOPE_ATTEMPT", "TORCHELASTIC_RESTART_COUNT", "SLURM_RESTART_COUNT")
#: Of torchrun, Open MPI, PMIx, PMI (MPICH, Intel MPI) and Slurm.
_RANKS = ("RANK", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID")
#: Slurm's is that of a step: a batch script that starts one process is one, whatever it reserved.
_SIZES = ("WORLD_SIZE", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS")
#: What is there where a launcher counts on each machine only.
_LOCAL = ("LOCAL_RANK", "NODE_RANK", "GROUP_RANK")
#: The user's own word, which makes a task of a job a run of its own.
OWN_RANK = "LYASCOPE_RANK"


def _first(names: tuple[str, ...], environment: Mapping[str, str]) -> int | None:
    texts = (environment.get(name, "") for name in names)
    return next((int(text) for text in texts if text.isdecimal()), None)


def attempt(environment: Mapping[str, str] = os.environ) -> int:
    """How often the launcher has started this run before."""
    return _first(_RESTARTS, environment) or 0


def is_sender(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the launcher calls this process the first of its job."""
    rank = _first((OWN_RANK, *_RANKS), environment)
    if rank is None:
        return not any(_first((name,), environment) for name in _LOCAL)
    return rank == 0


def job_size(environment: Mapping[str, str] = os.environ) -> int:
    """How many processes the launcher says there are; 1 where the user calls each a run."""
    if environment.get(OWN_RANK):
        return 1
    return _first(_SIZES, environment) or 1


def say_who_is_silent(environment: Mapping[str, str] = os.environ) -> None:
    """Tasks that have nothing to do with each other look like the ranks of one job."""
    if not is_sender(environment) and _first(("RANK", "LOCAL_RANK"), environment) is None:
        warn_once(
            "silent", "not the first process of its job: not published (%s=0 if it is)", OWN_RANK
        )
