"""Runs of a Python program that rnnbench did not start, as a file that `rnnbench import --jsonl` takes.

Needs no package. See docs/commands.md; docs/exchange.md describes the file.
"""
import datetime
import hashlib
import json
import math
import os
import platform
import sys
import time
import uuid


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def exact(value):
    """As the database keeps it: NaN is NULL, and infinities have a name."""
    if value is None or math.isnan(value):
        return None
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class RunLog:
    """A file of runs: `begin` one, give its metrics, `end` it; `close` the file, which is whole only then."""

    def __init__(self, path, experiment, question=""):
        self.file, self.rows, self.trials, self.runs = open(path, "x", encoding="utf-8"), 0, {}, 0
        self.line({"format": "rnnbench tables", "schema": 6, "version": 1})
        environment = compact({"system": {"host": platform.node(), "kernel": platform.release(),
                                          "machine": platform.machine()},
                               "libraries": {"python": platform.python_version()}})
        self.row("environments", id=1, digest=sha256(environment), content=environment)
        self.row("experiments", id=1, name=experiment, question=question, config="# logged by a Python program\n",
                 created=now(), note="")

    def line(self, value):
        self.file.write(json.dumps(value) + "\n")

    def row(self, table, **columns):
        self.line({"table": table, "row": columns})
        self.rows += 1

    def begin(self, settings, seed):
        """`settings`: all that tells trials apart, the seed aside."""
        text = compact(settings)
        if text not in self.trials:
            self.trials[text] = len(self.trials) + 1
            self.row("trials", id=self.trials[text], key=sha256(text), settings=text, engine=settings.get("engine", "logged"),
                     cell="", device="cpu", data_set="", recipe="", vocabulary=0, length=0)
            self.row("experiment_trials", experiment_id=1, trial_id=self.trials[text], position=self.trials[text])
        self.trial, self.seed, self.metrics = self.trials[text], seed, {}
        self.started, self.clock = now(), time.perf_counter()

    def metric(self, name, split, epoch, value, unit=""):
        """`accuracy` and `loss` of "train", "validation" and "test" are what lists and figures show; epochs count from 1."""
        self.metrics[name, split, epoch] = (exact(value), unit)

    def end(self, status="finished", reason="", train_seconds=None):
        """`status`: finished, failed or interrupted."""
        self.runs += 1
        seconds = time.perf_counter() - self.clock
        last = {(name, split): value for (name, split, _), (value, _) in sorted(self.metrics.items(), key=lambda m: m[0][2])}
        trained = [epoch for name, split, epoch in self.metrics if (name, split) == ("loss", "train")]
        trained = trained or [epoch for _, _, epoch in self.metrics]
        self.row("runs", id=self.runs, uid=uuid.uuid4().hex, experiment_id=1, trial_id=self.trial, environment_id=1, seed=self.seed,
                 engine_details=compact({"logged_by": sys.argv[0]}), status=status, reason=reason, host=platform.node(),
                 process=os.getpid(), process_start=0, train_seconds=seconds if train_seconds is None else train_seconds,
                 started=self.started, finished=now(), note="", output="", seconds=seconds, estimated_seconds=None,
                 particulars="{}", epochs=max(trained or [0]),
                 validation_accuracy=last.get(("accuracy", "validation")), test_accuracy=last.get(("accuracy", "test")),
                 test_loss=last.get(("loss", "test")))
        for (name, split, epoch), (value, unit) in self.metrics.items():
            self.row("metrics", run_id=self.runs, name=name, split=split, epoch=epoch, step=-1, value=value, unit=unit)

    def close(self):
        self.line({"end": {"rows": self.rows}})
        self.file.close()
