"""One rank of a job: trains a few steps, as torchrun would start it. Prints what it saw."""

import json
import sys

import torch
from torch import distributed, nn

import lyascope
from torch_models import CharModel


def wrapped(model: nn.Module, how: str) -> nn.Module:
    if how == "ddp":
        return nn.parallel.DistributedDataParallel(model)
    if how == "fsdp2":
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        return fully_shard(model, mesh=init_device_mesh("cpu", (2,)))
    return model


def main(how: str) -> None:
    # As torch.multiprocessing.spawn starts ranks: the environment knows nothing of them.
    run = lyascope.init("ranks", how) if how == "late" else None
    rank, address = int(sys.argv[2]), f"tcp://127.0.0.1:{sys.argv[3]}"
    distributed.init_process_group("gloo", address, rank=rank, world_size=2)
    torch.manual_seed(1)
    model = wrapped(CharModel(), "fsdp2" if how == "half" else how)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    tokens = torch.randint(0, 5, (4, 20))
    run = run or lyascope.init("ranks", how)
    if how == "half":
        # Only the first rank knows what it watches.
        run.watch(model if rank == 0 else object())
    else:
        run.watch(model, probe=tokens)
    stopped_at = None
    for step in range(1_000_000):
        model(tokens).square().mean().backward()
        optimizer.step()
        optimizer.zero_grad()
        run.log({"train_loss": 1.0}, step=step)
        if run.should_stop():
            stopped_at = step
            break
    run.saved()
    if how == "late":
        distributed.destroy_process_group()
    run.finish()
    print(json.dumps({"stopped_at": stopped_at, "reason": run.stop_reason}))
    if how != "late":
        distributed.destroy_process_group()


main(sys.argv[1])
