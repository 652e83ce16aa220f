"""Runs of a Python program that rnnbench did not start, as a file that `rnnbench import --jsonl` takes.

Needs no package. See docs/commands.md; docs/exchange.md describes the file.
"""
import datetime
import hashlib
import json
import math
import operator
import os
import platform
import sys
import time
import uuid


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def checked_text(what, value):
    if not isinstance(value, str):
        raise ValueError(f"{what} is {value!r}; it is a text")
    value.encode()  # a ValueError where it holds half a character
    return value


def checked_whole(what, value, least, most):
    try:
        whole = operator.index(value)
    except TypeError:
        whole = None
    if whole is None or not least <= whole <= most:
        raise ValueError(f"{what} is {value!r}; it is a whole number from {least} to {most}")
    return whole


def checked_number(what, value):
    if not hasattr(value, "__float__"):  # texts have none
        raise ValueError(f"{what} is {value!r}; it is a number")
    return float(value)


def exact(value):
    """As the database keeps it: NaN is NULL, and infinities have a name."""
    if value is None or math.isnan(value):
        return None
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class RunLog:
    """A file of runs: `begin` one, give its metrics, `end` it; `close` the file, which is whole only then.

    What `rnnbench import` would refuse is a ValueError at once, and nothing of that call is written.
    """

    def __init__(self, path, experiment, question=""):
        if checked_text("experiment", experiment) in ("", "bench", "benchmarks"):
            raise ValueError(f"experiment is {experiment!r}; give it a name of your own")
        checked_text("question", question)
        self.file, self.rows, self.trials, self.runs = open(path, "x", encoding="utf-8"), 0, {}, 0
        self.trial = None  # of the run that has begun
        self.line({"format": "rnnbench tables", "schema": 6, "version": 1})
        environment = compact({"system": {"host": platform.node(), "kernel": platform.release(),
                                          "machine": platform.machine()},
                               "libraries": {"python": platform.python_version()}})
        self.row("environments", id=1, digest=sha256(environment), content=environment)
        self.row("experiments", id=1, name=experiment, question=question, config="# logged by a Python program\n",
                 created=now(), note="")

    def line(self, value):
        self.file.write(json.dumps(value, allow_nan=False) + "\n")

    def row(self, table, **columns):
        self.line({"table": table, "row": columns})
        self.rows += 1

    def begin(self, settings, seed):
        """`settings`: all that tells trials apart, the seed aside; a dict without NaN and infinities."""
        if self.trial is not None:
            raise ValueError("a run has begun; end it before the next one")
        if not isinstance(settings, dict):
            raise ValueError(f"settings are {settings!r}; give names and values as a dict")
        try:
            text = compact(settings)
        except ValueError as error:
            raise ValueError(f"settings {settings!r}: {error}") from None
        engine = settings.get("engine")
        engine = engine if isinstance(engine, str) else "logged"
        seed, key = checked_whole("seed", seed, 0, 2**63 - 1), sha256(text)
        if text not in self.trials:
            self.trials[text] = len(self.trials) + 1
            self.row("trials", id=self.trials[text], key=key, settings=text, engine=engine,
                     cell="", device="cpu", data_set="", recipe="", vocabulary=0, length=0)
            self.row("experiment_trials", experiment_id=1, trial_id=self.trials[text], position=self.trials[text])
        self.trial, self.seed, self.metrics = self.trials[text], seed, {}
        self.started, self.clock = now(), time.perf_counter()

    def metric(self, name, split, epoch, value, unit=""):
        """`accuracy` and `loss` of "train", "validation" and "test" are what lists and figures show; epochs count from 1.
        NaN (or None) and infinities are kept as such."""
        self.require_run()
        for what, text in (("name", name), ("split", split), ("unit", unit)):
            checked_text(what, text)
        epoch = checked_whole("epoch", epoch, 1, 2**31 - 1)
        value = None if value is None else checked_number(f"the value of {name}", value)
        self.metrics[name, split, epoch] = (exact(value), unit)

    def end(self, status="finished", reason="", train_seconds=None):
        """`status`: finished, failed or interrupted."""
        self.require_run()
        if status not in ("finished", "failed", "interrupted"):
            raise ValueError(f"status is {status!r}; it is finished, failed or interrupted")
        checked_text("reason", reason)
        seconds = time.perf_counter() - self.clock
        train_seconds = checked_number("train_seconds", seconds if train_seconds is None else train_seconds)
        if not 0 <= train_seconds < math.inf:
            raise ValueError(f"train_seconds is {train_seconds!r}; it is a number from 0 on")
        self.runs += 1
        last = {(name, split): value for (name, split, _), (value, _) in sorted(self.metrics.items(), key=lambda m: m[0][2])}
        trained = [epoch for name, split, epoch in self.metrics if (name, split) == ("loss", "train")]
        trained = trained or [epoch for _, _, epoch in self.metrics]
        self.row("runs", id=self.runs, uid=uuid.uuid4().hex, experiment_id=1, trial_id=self.trial, environment_id=1, seed=self.seed,
                 engine_details=compact({"logged_by": sys.argv[0]}), status=status, reason=reason, host=platform.node(),
                 process=os.getpid(), process_start=0, train_seconds=train_seconds,
                 started=self.started, finished=now(), note="", output="", seconds=seconds, estimated_seconds=None,
                 particulars="{}", epochs=max(trained or [0]),
                 validation_accuracy=last.get(("accuracy", "validation")), test_accuracy=last.get(("accuracy", "test")),
                 test_loss=last.get(("loss", "test")))
        for (name, split, epoch), (value, unit) in self.metrics.items():
            self.row("metrics", run_id=self.runs, name=name, split=split, epoch=epoch, step=-1, value=value, unit=unit)
        self.trial = None

    def require_run(self):
        if self.trial is None:
            raise ValueError("no run has begun; begin one first")

    def close(self):
        """A run that was not ended is left out."""
        self.line({"end": {"rows": self.rows}})
        self.file.close()
