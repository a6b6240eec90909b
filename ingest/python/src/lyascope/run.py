"""A training run as the training script sees it. Nothing here raises, waits or slows it down."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any

from .architecture import Architecture, Probe
from .channel import Channel
from .decision import Decision
from .ending import expect, forget
from .governor import Governor
from .jsontext import now, rfc3339
from .launcher import say_who_is_silent
from .messages import ProbeFile, Scalars, Snapshot
from .pacing import Pacing
from .ranks import Ranks, ranks
from .settings import Settings
from .source import Options, Source, UnknownModelError
from .sources import source_of
from .values import Values, fields
from .warn import log, never_raises, warn_once
from .worker import EXIT_SECONDS

_PHASES = ("train", "eval", "save", "load")


class Run:
    """One training run. Made by `lyascope.init`.

    id: the run's id everywhere; url: its page; stop_reason: why to stop, after `should_stop`.
    """

    def __init__(self, settings: Settings, run: str, attempt: int, fields: dict[str, Any]) -> None:
        self.id = run
        self.attempt = attempt
        self.url = settings.page(run)
        self.stop_reason: str | None = None
        self._governor = Governor(every_seconds=30)
        about = {**fields, "attempt": attempt, "state": "running", "started": rfc3339(now())}
        self._channel = Channel(settings, run, about, self._governor)
        self._progress = self._channel.progress
        self._pacing = Pacing()
        self._values = Values()
        self._source: Source | None = None
        self.made_by = os.getpid()
        self._is_disabled = settings.mode == "disabled"
        self._over = False
        self._watching = False
        if self._channel.sends:
            self._channel.say()
            expect(self)
        elif self._channel.is_silent:
            say_who_is_silent()

    @never_raises(None)
    def watch(
        self,
        model: Any,
        *,
        probe: Any = None,
        every_seconds: float = 30.0,
        architecture: Architecture | Mapping[str, Any] | None = None,
        protocol: Mapping[str, Any] | None = None,
        core: str | None = None,
        dtype: str = "F32",
        gradients: bool = False,
    ) -> None:
        """Publishes the model's recurrent core from now on, at most every `every_seconds`.

        model: a PyTorch or Keras model, a mapping of arrays, or a function that returns one (then
        `architecture` says what they are). probe: a validation batch or loader, run through the
        model once to see what reaches the core, or a `Probe`. dtype: F32, F64, F16 or BF16 on the
        wire. gradients: send those of the recurrent matrices too.
        """
        self._watching = True
        if self._is_disabled:
            return
        if isinstance(architecture, Mapping):
            architecture = Architecture(**architecture)
        options = Options(dtype, gradients, core, architecture, protocol)
        try:
            with self._governor.work():
                self._source = source_of(model, options)
        except UnknownModelError as e:
            warn_once("unknown", "only scalars are published: %s", e)
            return
        self._governor.snapshots_every(every_seconds)
        if self._channel.sends:
            self._channel.say(architecture=self._source.architecture.fields())
        if isinstance(probe, Probe):
            self.pin(probe)
        elif probe is not None:
            self.probe(probe)

    @never_raises(None)
    def probe(self, data: Any, source: str = "validation") -> None:
        """Runs the model on a batch, or a loader's first, and pins what reached its core."""
        watched = self._source
        # The forward pass of a sharded model needs every rank.
        if watched is not None and (self._channel.sends or watched.needs_all_ranks):
            with self._governor.work():
                probe = replace(watched.probe(data), source=source)
            self.pin(probe)

    @never_raises(None)
    def pin(self, probe: Probe) -> None:
        """Sends the batch on which every snapshot of this run is measured."""
        if self._channel.sends:
            self._channel.put(ProbeFile(self.id, probe))

    @property
    def source(self) -> Source | None:
        """The model that is watched, for callbacks."""
        return self._source

    @property
    def is_watching(self) -> bool:
        """Whether `watch` was called, with a model that is known or not."""
        return self._watching

    @property
    def wants_numbers(self) -> bool:
        """Whether numbers given to `log` now are sent at once: for those that cost something."""
        return self._governor.scalars_are_due()

    @never_raises(None)
    def log(
        self, values: Mapping[str, Any], step: int | None = None, *, phase: str = "train"
    ) -> None:
        """Says the numbers of a step, after the optimizer's, and sends a snapshot if one is due.

        Numbers that come faster than five times a second are thinned: of each name the newest is
        sent. Tensors are read only when they are sent.
        """
        self._progress.at(step)
        self._progress.phase = phase if phase in _PHASES else "train"
        self._add(values)
        if not self._channel.sends:
            return
        if self._source and not self._source.needs_all_ranks and self._governor.snapshot_is_due():
            self.publish()
        elif self._governor.scalars_are_due():
            self._send_values()

    @never_raises(None)
    def _add(self, values: Mapping[str, Any]) -> None:
        self._values.add(values)

    def _send_values(self) -> None:
        with self._governor.scalars():
            numbers = self._values.take()
            at = self._progress
            self._channel.put(Scalars(self.id, self.attempt, at.step, now(), numbers, at.phase))

    @never_raises(None)
    def publish(self, step: int | None = None) -> None:
        """Copies the weights as they are now and sends them, due or not.

        On a sharded model every rank has to call it.
        """
        source = self._source
        if source is None or not (self._channel.sends or source.needs_all_ranks):
            return
        if step is not None:
            self._progress.at(step)
        with self._governor.snapshot():
            tensors = source.read()
        if not self._channel.sends:
            return
        if self._values:
            self._send_values()
        total, at = self._channel.fields.get("total_steps"), self._progress.step
        self._channel.put(
            Snapshot(
                run=self.id,
                attempt=self.attempt,
                step=at,
                architecture=source.architecture,
                tensors=tensors,
                scalars=dict(self._values.said),
                progress=min(1.0, at / total) if total else None,
            )
        )

    @never_raises(None)
    def keep_gradients(self) -> None:
        """Copies the gradients for the snapshot that is due: for trainers that clear them early."""
        source = self._source
        if source is not None and self._channel.sends and not source.needs_all_ranks:
            with self._governor.work():
                if self._governor.snapshot_is_due():
                    source.keep_gradients()

    @never_raises(False)
    def should_stop(self) -> bool:
        """Whether somebody wants this run to save and stop.

        Call it at the end of a step, in a distributed job on every rank: all get the same answer.
        """
        if self.stop_reason is not None:
            return True
        job = ranks()
        if job.are_many and not self._pacing.is_due():
            return False
        ours = self._decide(job) if job.is_first else Decision()
        with self._governor.talk():
            decision = job.agree(ours, self._source is not None)
        if job.are_many:
            self._pacing.set(decision.next)
        if decision.publish:
            self.publish()
        self.stop_reason = decision.stop
        if self.stop_reason is not None:
            log.warning("this run shall stop: %s", self.stop_reason)
        return self.stop_reason is not None

    # Whatever goes wrong here: the other ranks wait for an answer.
    @never_raises(Decision())
    def _decide(self, job: Ranks) -> Decision:
        if not self._channel.sends:
            return Decision(next=self._pacing.propose())
        inbox = self._channel.here.inbox
        if job.are_divided and inbox.refuse("the processes of this job have no way to agree on it"):
            warn_once("divided", "a stop was refused: no process group of torch.distributed")
        command = inbox.stop()
        gathers = self._source is not None and self._source.needs_all_ranks
        return Decision(
            publish=gathers and self._governor.snapshot_is_due(),
            stop=None if command is None else f"{command.reason} (by {command.by})",
            next=self._pacing.propose(),
        )

    @never_raises(None)
    def saved(self) -> None:
        """Says that the model was saved because of a stop: the other side then knows it is safe."""
        if self.stop_reason is not None and self._channel.sends:
            self._channel.here.inbox.acknowledge("saved")

    @never_raises(None)
    def finish(self, outcome: Mapping[str, Any] | None = None, *, state: str | None = None) -> None:
        """Says how the run ended and waits at most five seconds until that is sent.

        state: `finished` (the default), `failed`, or `stopped` (the default after a stop).
        """
        by = time.monotonic() + EXIT_SECONDS
        self.end(outcome, state, by)
        self.flush(by)

    @never_raises(None)
    def end(self, outcome: Mapping[str, Any] | None, state: str | None, by: float) -> None:
        """As `finish`, but waits for nothing; what is not sent by then (monotonic time) is lost."""
        if self._over:
            return
        sends = self._channel.sends
        self._over = True
        forget(self)
        # A finished run may be kept for its id; the model is too big for that.
        self._source = None
        try:
            if sends:
                self._say_end(outcome, state)
        finally:
            self._channel.close(by)

    def _say_end(self, outcome: Mapping[str, Any] | None, state: str | None) -> None:
        if self._values:
            self._send_values()
        if self.stop_reason is not None:
            self._channel.here.inbox.acknowledge("stopped")
        self._channel.say(
            state=state or ("stopped" if self.stop_reason else "finished"),
            finished=rfc3339(now()),
            outcome={**self._values.said, **fields(outcome)},
        )

    @never_raises(None)
    def flush(self, by: float) -> None:
        """Waits until then at most for what `end` left to be sent."""
        if self._over and not self._channel.flush(by):
            warn_once("exit", "not everything was sent before the end of %s", self.id)

    def costs(self) -> dict[str, float]:
        """What publishing has taken so far: seconds of the training's and of our own threads, their
        share of the time since `init`, and how many snapshots were made. Apart from that, how long
        the ranks of a job took to agree, waiting for the slowest included."""
        return self._governor.costs()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A trial that is pruned by an exception, for one, was stopped and did not fail.
        failed = kind is not None and self.stop_reason is None
        self.finish(state="failed" if failed else None)
