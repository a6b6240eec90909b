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
    distributed.init_process_group("gloo")
    torch.manual_seed(1)
    model = wrapped(CharModel(), how)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    tokens = torch.randint(0, 5, (4, 20))
    run = lyascope.init("ranks", how)
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
    run.finish()
    print(json.dumps({"stopped_at": stopped_at, "reason": run.stop_reason}))
    distributed.destroy_process_group()


main(sys.argv[1])
