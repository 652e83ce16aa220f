"""Gives run_log.RunLog what `rnnbench import` would refuse, each call among sound ones: all must be a ValueError at once."""
import math
import sys

from run_log import RunLog


def refused(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ValueError:
        return
    sys.exit(f"taken: {call.__name__}{arguments}{named}")


NAN, INF = math.nan, math.inf
refused(RunLog, sys.argv[1], "")
refused(RunLog, sys.argv[1], "half \ud800")
log = RunLog(sys.argv[1], "refusals")
refused(log.metric, "loss", "train", 1, 0.5)
refused(log.end)
for settings in ({"rate": NAN}, {"clip": [1, -INF]}, {"name": "\ud800"}, ["rate", 1], "rate", None):
    refused(log.begin, settings, 1)
for seed in (-1, 2**63, 1.5, "1", None):
    refused(log.begin, {"rate": 1}, seed)
log.begin({"engine": 5, "rate": 1}, 2**63 - 1)
refused(log.begin, {"rate": 1}, 2)
for epoch in ("1", 0, -1, 1.5, 2**31, None):
    refused(log.metric, "loss", "train", epoch, 0.5)
refused(log.metric, "loss", "train", 1, "0.5")
refused(log.metric, "\ud800", "train", 1, 0.5)
refused(log.metric, "loss", None, 1, 0.5)
refused(log.metric, "loss", "train", 1, 0.5, 7)
for epoch, value in enumerate((NAN, INF, -INF, 1, True), start=1):
    log.metric("loss", "train", epoch, value, "nats")
for seconds in (NAN, INF, -1, "1"):
    refused(log.end, train_seconds=seconds)
refused(log.end, status="done")
refused(log.end, "failed", reason=None)
log.end("failed", "the loss is not finite", 1.5)
refused(log.end)
log.close()
