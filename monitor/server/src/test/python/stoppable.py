"""A training run that only waits to be stopped, by the publisher that users have."""

import time

import lyascope

run = lyascope.init(project="control")
step = 0
while not run.should_stop():
    step += 1
    run.log({"train_loss": 1.0}, step=step)
    time.sleep(0.01)
run.saved()
run.finish()
print(run.stop_reason)
