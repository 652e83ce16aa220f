#!/usr/bin/env python3
"""Takes training steps and predictions of a model spec in Keras 3, as a side of `rnnbench bench`.

    rnnbench bench m1 --engines 'fused,command:examples/peers/keras_peer.py tensorflow'
    keras_peer.py tensorflow|jax [xla|noxla]       the backend; whether TensorFlow compiles by XLA

The protocol is that of docs/timing.md ("Programs as sides"), what is compared stands in README.md.
"""
import json
import os
import sys
import time
from pathlib import Path


def enter_environment():
    """Goes on in the virtual environment of setup.sh."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("RNNBENCH_PEERS") or cache / "rnnbench" / "peers")
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    python = folder / "bin" / "python"
    if not python.exists():
        sys.exit(f"keras_peer.py: {folder} isn't there; make it once with examples/peers/setup.sh")
    os.execv(python, [str(python), *sys.argv])


def usage_error():
    sys.exit("keras_peer.py: give the backend, tensorflow or jax, and for tensorflow xla or noxla if you like")


def read_batches(about):
    """[(ids [reviews, length], lengths [reviews], labels [reviews])], all int32."""
    import numpy as np

    count, reviews, length = about["count"], about["reviews"], about["length"]
    numbers = np.fromfile(about["file"], dtype=np.int32)
    ids, lengths, labels = np.split(numbers, [count * reviews * length, count * reviews * (length + 1)])
    return list(zip(ids.reshape(count, reviews, length), lengths.reshape(count, reviews),
                    labels.reshape(count, reviews)))


def build_model(setup):
    """The model of the spec, by layers that Keras has: ids and lengths -> probabilities."""
    import keras
    from keras import layers, ops

    spec, training = setup["settings"]["model"], setup["settings"]["training"]
    l2 = training["optimizer"].get("l2", 0)
    decay = lambda: keras.regularizers.L2(l2 / 2) if l2 else None  # its gradient is l2 * weight
    all_decay = lambda *names: {f"{name}_regularizer": decay() for name in names}

    def recurrent(layer, sequences):
        options = dict(units=layer["units"], return_sequences=sequences, dropout=layer["input_dropout"],
                       recurrent_dropout=layer["recurrent_dropout"], **all_decay("kernel", "recurrent", "bias"))
        if layer["cell"] == "lstm":
            made = layers.LSTM(**options)
        elif layer["cell"] == "gru":
            made = layers.GRU(reset_after=layer["reset_after"], **options)
        else:
            activation = {"none": "linear"}.get(layer["activation"], layer["activation"])
            made = layers.SimpleRNN(activation=activation, **options)
        return layers.Bidirectional(made) if layer["bidirectional"] else made

    reviews, length = setup["batches"]["reviews"], setup["batches"]["length"]
    ids = keras.Input((length,), batch_size=reviews, dtype="int32")
    lengths = keras.Input((), batch_size=reviews, dtype="int32")
    embedding = spec["embedding"]
    x = layers.Embedding(setup["vocabulary"], embedding["size"], mask_zero=embedding["mask_padding"],
                         embeddings_regularizer=decay() if embedding.get("l2", True) else None)
    x.trainable = embedding["trainable"]
    x = x(ids)
    if embedding["spatial_dropout"]:
        x = layers.SpatialDropout1D(embedding["spatial_dropout"])(x)
    for place, layer in enumerate(spec["layers"]):
        only_last = place + 1 == len(spec["layers"]) and spec["pooling"] == "last" and not layer["bidirectional"]
        x = recurrent(layer, sequences=not only_last)(x)
        if layer["output_dropout"]:
            x = layers.Dropout(layer["output_dropout"])(x)
    if spec["pooling"] == "mean":
        x = layers.GlobalAveragePooling1D()(x)
    elif spec["pooling"] == "max":
        x = layers.GlobalMaxPooling1D()(x)
    elif spec["pooling"] == "last_valid":
        last = ops.expand_dims(ops.maximum(lengths, 1) - 1, (1, 2))
        x = ops.squeeze(ops.take_along_axis(x, ops.broadcast_to(last, (reviews, 1, x.shape[-1])), 1), 1)
    elif len(x.shape) == 3:
        x = x[:, -1]
    if spec["dropout"]:
        x = layers.Dropout(spec["dropout"])(x)
    for dense in spec["dense"]:
        activation = {"none": "linear"}.get(dense["activation"], dense["activation"])
        x = layers.Dense(dense["units"], activation=activation, **all_decay("kernel", "bias"))(x)
        if dense["dropout"]:
            x = layers.Dropout(dense["dropout"])(x)
    units, activation = (2, "softmax") if spec["head"] == "softmax" else (1, "sigmoid")
    return keras.Model([ids, lengths], layers.Dense(units, activation=activation, **all_decay("kernel", "bias"))(x))


def build_optimizer(setup):
    """Keras' own update; it has no other place for epsilon."""
    import keras

    training = setup["settings"]["training"]
    spec = training["optimizer"]
    options = dict(learning_rate=spec["learning_rate"], global_clipnorm=training["clip_norm"] or None)
    if spec["name"] == "sgd":
        return keras.optimizers.SGD(momentum=spec["momentum"], **options)
    options["epsilon"] = spec["epsilon"]
    if spec["name"] == "rmsprop":
        return keras.optimizers.RMSprop(rho=spec["rho"], momentum=spec["momentum"], **options)
    options.update(beta_1=spec["beta1"], beta_2=spec["beta2"])
    if spec["name"] == "adamw":
        return keras.optimizers.AdamW(weight_decay=spec["decay"], **options)
    return keras.optimizers.Adam(**options)


def build_loss(setup):
    import keras

    if setup["settings"]["model"]["head"] == "softmax":
        return keras.losses.SparseCategoricalCrossentropy()
    return keras.losses.BinaryCrossentropy()


class TensorFlowSteps:
    """Keras' custom loop for TensorFlow: one tf.function a step."""

    def __init__(self, setup, xla):
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(setup["threads"])
        tf.config.threading.set_inter_op_parallelism_threads(1)
        model, optimizer, loss_of = build_model(setup), build_optimizer(setup), build_loss(setup)
        optimizer.build(model.trainable_variables)

        @tf.function(jit_compile=xla)
        def train(ids, lengths, labels):
            with tf.GradientTape() as tape:
                loss = loss_of(labels, model([ids, lengths], training=True)) + sum(model.losses)
            optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
            return loss

        @tf.function(jit_compile=xla)
        def predict(ids, lengths):
            return model([ids, lengths], training=False)

        self.batches = [tuple(map(tf.constant, labelled(batch))) for batch in read_batches(setup["batches"])]
        self.train = lambda batch: train(*batch).numpy()  # the step's writes are done when it is there
        self.predict = lambda batch: predict(*batch[:2]).numpy()
        self.versions = {"tensorflow": tf.__version__, "xla": xla}


class JaxSteps:
    """Keras' custom loop for JAX: one jitted function of all state a step."""

    def __init__(self, setup):
        import jax

        model, optimizer, loss_of = build_model(setup), build_optimizer(setup), build_loss(setup)
        optimizer.build(model.trainable_variables)

        def loss_and_state(trainable, fixed, ids, lengths, labels):
            found, fixed, losses = model.stateless_call(trainable, fixed, [ids, lengths], training=True,
                                                        return_losses=True)
            return loss_of(labels, found) + sum(losses), fixed

        def train(state, ids, lengths, labels):
            trainable, fixed, optimizer_state = state
            (loss, fixed), gradients = jax.value_and_grad(loss_and_state, has_aux=True)(
                trainable, fixed, ids, lengths, labels)
            trainable, optimizer_state = optimizer.stateless_apply(optimizer_state, gradients, trainable)
            return (trainable, fixed, optimizer_state), loss

        step = jax.jit(train, donate_argnums=0)
        forward = jax.jit(lambda trainable, fixed, ids, lengths: model.stateless_call(
            trainable, fixed, [ids, lengths], training=False)[0])
        self.state = tuple([variable.value for variable in variables] for variables in (
            model.trainable_variables, model.non_trainable_variables, optimizer.variables))
        self.step, self.forward, self.wait = step, forward, jax.block_until_ready
        self.batches = [tuple(map(jax.device_put, labelled(batch))) for batch in read_batches(setup["batches"])]
        self.versions = {"jax": jax.__version__}

    def train(self, batch):
        self.state, _ = self.wait(self.step(self.state, *batch))

    def predict(self, batch):
        return self.wait(self.forward(*self.state[:2], *batch[:2]))


def labelled(batch):
    """Labels as a column of numbers, as a loss takes them."""
    ids, lengths, labels = batch
    return ids, lengths, labels.astype("float32")[:, None]


def build_steps(backend, xla, setup):
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[-setup["threads"]:])  # both make a thread a processor that they may use
    os.environ.update(KERAS_BACKEND=backend, JAX_PLATFORMS="cpu", CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="2",
                      OMP_NUM_THREADS=str(setup["threads"]))
    import keras

    keras.utils.set_random_seed(setup["seed"])
    steps = TensorFlowSteps(setup, xla) if backend == "tensorflow" else JaxSteps(setup)
    steps.train(steps.batches[0])  # they compile with the first
    steps.predict(steps.batches[0])
    steps.versions.update(keras=keras.__version__, python=sys.version.split()[0])
    return steps


def serve(steps, say):
    """Answers requests until there are no more."""
    turn = 0
    for line in sys.stdin:
        (work, count), = json.loads(line).items()
        act = {"train": steps.train, "predict": steps.predict}[work]
        samples = []
        for _ in range(count):
            batch = steps.batches[turn % len(steps.batches)]
            turn += 1
            begin = time.perf_counter_ns()
            act(batch)
            samples.append(time.perf_counter_ns() - begin)
        say({"samples_ns": samples})


def main():
    backend, options = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if backend not in ("tensorflow", "jax") or options not in ([], ["xla"], ["noxla"]):
        usage_error()
    enter_environment()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    setup = json.loads(sys.stdin.readline())
    steps = build_steps(backend, options == ["xla"], setup)
    say({"ready": 1, "versions": steps.versions})
    serve(steps, say)


if __name__ == "__main__":
    main()
