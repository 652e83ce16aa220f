#!/bin/sh
# Fits y = 3 x + noise by stochastic gradient descent: a trial that is any program. Reads its settings from its
# arguments, prints a line of JSON for each figure.
#   descend.sh LEARNING_RATE EPOCHS SEED
exec awk -v rate="$1" -v epochs="$2" -v seed="$3" '
function noise() { return rand() - 0.5 }
BEGIN {
  srand(seed)
  for (i = 1; i <= 200; i++) { x[i] = noise() * 2; y[i] = 3 * x[i] + 0.2 * noise() }
  print "fitting " 160 " points, testing on " 40            # no figure: kept as output
  for (epoch = 1; epoch <= epochs; epoch++) {
    loss = test = 0
    for (i = 1; i <= 160; i++) { error = slope * x[i] - y[i]; slope -= rate * error * x[i]; loss += error ^ 2 / 160 }
    for (i = 161; i <= 200; i++) test += (slope * x[i] - y[i]) ^ 2 / 40
    printf "{\"metric\": \"loss\", \"split\": \"train\", \"epoch\": %d, \"value\": %.9g}\n", epoch, loss
    printf "{\"metric\": \"loss\", \"split\": \"test\", \"epoch\": %d, \"value\": %.9g}\n", epoch, test
    fflush()
  }
  printf "{\"metric\": \"slope\", \"value\": %.9g}\n", slope
}'
