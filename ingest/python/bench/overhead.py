"""What publishing costs a real training: step times of an LSTM with 512 units, with and without.

    LYASCOPE_URL=http://127.0.0.1:8080 python bench/overhead.py --minutes 6

Blocks with and without a run alternate, so that both see the same machine. With --sink the files
go to a server of this script's own, in a process of its own, instead of a monitor.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.queues import Queue

import torch
from torch import nn

import lyascope


class Model(nn.Module):
    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.rnn = nn.LSTM(64, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 64)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        states: torch.Tensor = self.rnn(inputs)[0]
        out: torch.Tensor = self.head(states)
        return out


class Sink(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT  # noqa: N815

    def do_GET(self) -> None:
        time.sleep(1)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def sink(port: "Queue[int]") -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    port.put(server.server_port)
    server.serve_forever()


class Training:
    """Steps on random sequences; what is learned does not matter here."""

    def __init__(self, hidden: int, device: str) -> None:
        torch.manual_seed(1)
        self.device = device
        self.model = Model(hidden).to(device)
        self.optimizer = torch.optim.Adam(self.model.parameters())
        self.inputs = torch.randn(16, 64, 64, device=device)
        self.step = 0

    def block(self, seconds: float, run: lyascope.Run | None) -> list[float]:
        """The milliseconds of every step of so many seconds."""
        times = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            begun = time.perf_counter()
            loss = (self.model(self.inputs) - self.inputs).square().mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
            # Without this a GPU's step would be measured as the time to ask for it.
            value = loss.item()
            self.step += 1
            if run is not None:
                run.log({"train_loss": value}, step=self.step)
                run.should_stop()
            times.append(1000 * (time.perf_counter() - begun))
        return times


def summary(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {
        "steps": len(times),
        "median_ms": round(statistics.median(times), 3),
        "mean_ms": round(statistics.fmean(times), 3),
        "p99_ms": round(cuts[98], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Step times with and without publishing.")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--block", type=float, default=30.0, help="seconds")
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between snapshots")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--sink", action="store_true")
    options = parser.parse_args()
    if options.sink:
        port: Queue[int] = multiprocessing.get_context("spawn").Queue()
        multiprocessing.get_context("spawn").Process(target=sink, args=(port,), daemon=True).start()
        os.environ["LYASCOPE_URL"] = f"http://127.0.0.1:{port.get()}"
    torch.set_num_threads(options.threads)
    training = Training(options.hidden, options.device)
    training.block(min(5.0, options.block), None)
    run = lyascope.init("bench", f"lstm-{options.hidden}")
    probe = torch.randn(4, 140, 64)
    run.watch(training.model, probe=probe, every_seconds=options.every)
    times: dict[str, list[float]] = {"off": [], "on": []}
    for _ in range(max(1, round(options.minutes * 30 / options.block))):
        times["off"] += training.block(options.block, None)
        times["on"] += training.block(options.block, run)
    run.finish()
    print(json.dumps({name: summary(block) for name, block in times.items()}))
    print(json.dumps({"run": run.id, **run.costs()}))


if __name__ == "__main__":
    main()
