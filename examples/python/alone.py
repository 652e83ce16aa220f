"""Trains as train.py does, by itself, and logs its runs into the file that is its argument."""
import random
import sys

from run_log import RunLog
from train import evaluate, features, review, step

log = RunLog(sys.argv[1], "python-alone", "Which rate learns negation within two epochs?")
for rate in (0.0001, 0.1):
    for seed in (1, 2, 3):
        log.begin({"rate": rate, "features": "pairs"}, seed)
        draw = random.Random(seed)
        reviews = [(features(words, "pairs"), positive) for words, positive in (review(draw) for _ in range(1500))]
        weights = {}
        for epoch in (1, 2):
            losses = [step(weights, active, positive, rate) for active, positive in reviews[:1000]]
            accuracy, loss = evaluate(weights, reviews[1000:])
            log.metric("loss", "train", epoch, sum(losses) / len(losses), "nats")
            log.metric("loss", "test", epoch, loss, "nats")
            log.metric("accuracy", "test", epoch, accuracy, "fraction")
        log.end()
log.close()
