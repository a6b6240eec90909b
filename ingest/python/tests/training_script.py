"""A training as a process of its own. Prints how long its end took, in seconds."""

import atexit
import importlib.abc
import os
import sys
import threading
import time

BEGUN: list[float] = []
# What is registered first is called last: after our own ends.
atexit.register(lambda: BEGUN and print(time.monotonic() - BEGUN[0]))

import lyascope  # noqa: E402
from samples import ARCHITECTURE, probe_inputs, weights  # noqa: E402

ENDING = os.environ.get("ENDING", "finish")


def forked(run: lyascope.Run) -> None:
    """The child says its own, while the parent's threads are what they were."""
    # What is asked here is who sends. In five seconds a busy machine may not get round to it.
    sys.modules["lyascope.run"].EXIT_SECONDS = 30.0
    child = os.fork()
    if child == 0:
        run.publish(2000)
        run.finish()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    run.publish(1000)


class Imports(importlib.abc.MetaPathFinder):
    """Finds nothing, and remembers what our threads look for: a fork then leaves locks behind."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if threading.current_thread().name.startswith("lyascope-"):
            self.names.append(name)


def main() -> None:
    imports = Imports()
    sys.meta_path.insert(0, imports)
    run = lyascope.init("tests", "script")
    run.watch(weights(), architecture=ARCHITECTURE, probe=probe_inputs())
    for step in range(10):
        run.log({"train_loss": 1.0}, step=step)
        run.publish(step)
    if ENDING == "many":
        for number in range(2):
            lyascope.init("tests", f"script {number}")
        BEGUN.append(time.monotonic())
    if ENDING == "raise":
        raise SystemError("as the test wants")
    if ENDING == "imports":
        run.finish()
        print("imported:", *imports.names)
    if ENDING == "fork":
        forked(run)
    if ENDING == "finish":
        begun = time.monotonic()
        run.finish()
        print(time.monotonic() - begun)


main()
