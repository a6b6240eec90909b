"""A training as a process of its own. Prints how long its end took, in seconds."""

import os
import time

import lyascope
from fakes import wait_for
from samples import ARCHITECTURE, probe_inputs, weights

ENDING = os.environ.get("ENDING", "finish")


def forked(run: lyascope.Run) -> None:
    """The child says its own, while the parent's threads are what they were."""
    child = os.fork()
    if child == 0:
        before = run.costs()["sender_seconds"]
        run.publish(2000)
        # The end waits five seconds, in which a busy machine may not get round to a new thread.
        wait_for(lambda: run.costs()["sender_seconds"] > before, "the child's own sender")
        run.finish()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    run.publish(1000)


def main() -> None:
    run = lyascope.init("tests", "script")
    run.watch(weights(), architecture=ARCHITECTURE, probe=probe_inputs())
    for step in range(10):
        run.log({"train_loss": 1.0}, step=step)
        run.publish(step)
    if ENDING == "raise":
        raise SystemError("as the test wants")
    if ENDING == "fork":
        forked(run)
    if ENDING == "finish":
        begun = time.monotonic()
        run.finish()
        print(time.monotonic() - begun)


main()
