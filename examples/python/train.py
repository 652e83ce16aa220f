"""Logistic regression on words or pairs of words of generated reviews: a trial that is a Python program.

Reads its request from standard input, prints a line of JSON for each figure. Needs no package.
"""
import json
import math
import random
import sys
import time

PRAISE, BLAME, FILLER = ["good", "great", "fine"], ["bad", "dull", "poor"], ["film", "plot", "cast", "scene"]


def review(draw):
    """A review's words and whether it is positive: "not" turns the word after it around."""
    positive, negated = draw.random() < 0.5, draw.random() < 0.5
    opinion = draw.choice(PRAISE if positive != negated else BLAME)
    words = draw.choices(FILLER, k=draw.randint(2, 8))
    at = draw.randint(0, len(words))
    words[at:at] = ["not", opinion] if negated else [opinion]
    return words, positive == (draw.random() < 0.9)  # one label in ten is wrong


def features(words, kind):
    """Each once, in order: that of a set differs from process to process, and so would the sums over it."""
    pairs = list(zip(words, words[1:])) if kind == "pairs" else []
    return list(dict.fromkeys(words + pairs))


def logit(weights, active):
    return sum(weights.get(feature, 0.0) for feature in active)


def loss_of(value, positive):
    """Cross-entropy in nats of a logit."""
    signed = value if positive else -value
    return math.log1p(math.exp(-abs(signed))) + max(-signed, 0.0)


def evaluate(weights, reviews):
    logits = [(logit(weights, active), positive) for active, positive in reviews]
    hits = sum((value > 0) == positive for value, positive in logits)
    return hits / len(reviews), sum(loss_of(*each) for each in logits) / len(reviews)


def step(weights, active, positive, rate):
    """One step of gradient descent; the loss before it."""
    value = logit(weights, active)
    error = positive - 1 / (1 + math.exp(-value))
    for feature in active:
        weights[feature] = weights.get(feature, 0.0) + rate * error
    return loss_of(value, positive)


def say(**figure):
    print(json.dumps(figure), flush=True)


def main():
    request = json.loads(sys.stdin.readline())
    wanted = request["parameters"]
    draw = random.Random(request["seed"])
    reviews = [(features(words, wanted["features"]), positive) for words, positive in (review(draw) for _ in range(1500))]
    train, test = reviews[:1000], reviews[1000:]
    print(f"training on {len(train)} reviews, testing on {len(test)}", file=sys.stderr)  # no figure: kept as output

    weights, train_seconds = {}, 0.0
    for epoch in range(1, wanted["epochs"] + 1):
        draw.shuffle(train)
        losses, steps_ns = [], []
        for active, positive in train:
            begin = time.perf_counter_ns()
            losses.append(step(weights, active, positive, wanted["rate"]))
            steps_ns.append(time.perf_counter_ns() - begin)
        train_seconds += sum(steps_ns) / 1e9
        accuracy, loss = evaluate(weights, test)
        say(metric="loss", split="train", epoch=epoch, value=sum(losses) / len(losses), unit="nats")
        say(metric="loss", split="test", epoch=epoch, value=loss, unit="nats")
        say(metric="accuracy", split="test", epoch=epoch, value=accuracy, unit="fraction")
        say(timing="step", epoch=epoch, ns=steps_ns)
    say(train_seconds=train_seconds)


if __name__ == "__main__":
    main()
