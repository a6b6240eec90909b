"""What publishing costs a real training: step times of an LSTM with 512 units, with and without.

    LYASCOPE_URL=http://127.0.0.1:8080 python bench/overhead.py --minutes 12

Blocks with and without a run alternate within one training, and each is compared with its
neighbour: both see the same machine. The order within a pair changes from pair to pair, so that a
load that grows favours neither. Intervals are 95 %, from the pairs drawn again and again. With
--sink the files go to a server of this script's own, in a process of its own, instead of a monitor.
"""

import argparse
import json
import multiprocessing
import os
import random
import statistics
import time
import urllib.request
from collections.abc import Callable
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


Pair = tuple[list[float], list[float]]


def median(times: list[float]) -> float:
    return statistics.median(times)


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def estimate(pairs: list[Pair], value: Callable[[list[Pair]], float]) -> list[float]:
    """The value of all pairs, and the central 95 % of those of pairs drawn with replacement."""
    draw = random.Random(1)
    drawn = sorted(value(draw.choices(pairs, k=len(pairs))) for _ in range(1000))
    return [round(v, 3) for v in (value(pairs), drawn[24], drawn[974])]


def together(pairs: list[Pair], side: int) -> list[float]:
    return [time for pair in pairs for time in pair[side]]


def summary(pairs: list[Pair]) -> dict[str, object]:
    """Step times in milliseconds; each number as [value, low, high]."""
    return {
        "pairs": len(pairs),
        "steps": [len(together(pairs, side)) for side in (0, 1)],
        "off_median_ms": estimate(pairs, lambda some: median(together(some, 0))),
        "on_median_ms": estimate(pairs, lambda some: median(together(some, 1))),
        "off_p99_ms": estimate(pairs, lambda some: p99(together(some, 0))),
        "on_p99_ms": estimate(pairs, lambda some: p99(together(some, 1))),
        "on_over_off_percent": estimate(
            pairs,
            lambda some: median([100 * (median(on) / median(off) - 1) for off, on in some]),
        ),
    }


def measured(run: lyascope.Run) -> int:
    """How many of the run's snapshots the monitor has measured."""
    url = os.environ.get("LYASCOPE_URL", "http://127.0.0.1:8080")
    with urllib.request.urlopen(f"{url}/api/v1/runs/{run.id}", timeout=10) as answer:
        return int(json.load(answer)["run"]["readings"])


def pairs_of(training: Training, run: lyascope.Run, count: int, seconds: float) -> list[Pair]:
    pairs = []
    for number in range(count):
        sides: list[lyascope.Run | None] = [None, run] if number % 2 == 0 else [run, None]
        first, second = (training.block(seconds, side) for side in sides)
        pairs.append((first, second) if number % 2 == 0 else (second, first))
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description="Step times with and without publishing.")
    parser.add_argument("--minutes", type=float, default=12.0)
    parser.add_argument("--block", type=float, default=3.0, help="seconds")
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
    load = os.getloadavg()[0]
    run = lyascope.init("bench", f"lstm-{options.hidden}")
    probe = torch.randn(4, 140, 64)
    run.watch(training.model, probe=probe, every_seconds=options.every)
    count = max(1, round(options.minutes * 30 / options.block))
    pairs = pairs_of(training, run, count, options.block)
    costs = run.costs()
    run.finish()
    print(json.dumps(summary(pairs)))
    found = {"load": [load, os.getloadavg()[0]], "cores": os.cpu_count(), "run": run.id, **costs}
    print(json.dumps(found if options.sink else {**found, "measured": measured(run)}))


if __name__ == "__main__":
    main()
