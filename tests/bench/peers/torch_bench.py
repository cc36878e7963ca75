"""Trains Emberlab's networks in PyTorch and prints what was measured as one line of JSON.

    python torch_bench.py DATA ORDER

DATA is the folder of MNIST's shards in dist/, ORDER a JSON object (see torch.ts). Nothing but torch is
needed. The images lie in memory as normalised numbers; a batch is picked from them by index.
"""

import gzip
import json
import pathlib
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional

TRAINING_IMAGES = 55_000
MEAN, DEVIATION = 0.1307, 0.3081
LAST_READS = 4


def idx(file):
    """The body of a gzipped IDX file; its header is as long as it has dimensions."""
    data = bytearray(gzip.decompress(file.read_bytes()))
    return torch.frombuffer(data, dtype=torch.uint8, offset=4 + 4 * data[3])


def load(folder, part):
    files = json.loads((folder / "manifest.json").read_text())[part]
    pixels = torch.cat([idx(folder / shard["file"]) for shard in files["shards"]])
    images = pixels.view(-1, 1, 28, 28).float().div_(255).sub_(MEAN).div_(DEVIATION)
    return images, idx(folder / files["labelsFile"]).long()


def conv(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]


def normed_conv(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1), nn.MaxPool2d(2), nn.BatchNorm2d(filters), nn.ReLU()]


def dense(*units):
    pairs = zip(units, units[1:])
    layers = [layer for pair in pairs for layer in (nn.Linear(*pair), nn.ReLU())]
    return [nn.Flatten(), *layers[:-1]]


def network(name):
    return nn.Sequential(
        *{
            "MLP": lambda: dense(784, 128, 64, 10),
            "CNN": lambda: [*conv(1, 32), *conv(32, 64), *dense(3136, 128, 64, 10)],
            "Fast 99": lambda: [
                *normed_conv(1, 8),
                *normed_conv(8, 16),
                *normed_conv(16, 32),
                *dense(288, 64, 10),
            ],
        }[name]()
    )


def batches(size):
    """Indices of whole batches, in a new order for each epoch, without end."""
    while True:
        order = torch.randperm(TRAINING_IMAGES)
        yield from order[: TRAINING_IMAGES // size * size].split(size)


class Training:
    def __init__(self, name, batch, data, learning_rate=1e-3):
        self.images, self.labels = load(data, "train")
        self.model = network(name)
        self.optimizer = torch.optim.Adam(self.model.parameters(), learning_rate, fused=True)
        self.batches = batches(batch)
        self.losses = []
        self.trained = 0

    def step(self):
        chosen = next(self.batches)
        logits = self.model(self.images[chosen])
        self.last = functional.cross_entropy(logits, self.labels[chosen])
        self.optimizer.zero_grad()
        self.last.backward()
        self.optimizer.step()

    def train(self, steps):
        """Trains, reads the loss, and returns how many milliseconds that took."""
        start = time.perf_counter()
        for _ in range(steps):
            self.step()
        self.losses.append(self.last.item())
        self.trained += steps
        return 1000 * (time.perf_counter() - start)


def measure(order, data):
    start = time.perf_counter()
    training = Training(order["model"], order["batch"], data)
    ready = 1000 * (time.perf_counter() - start)
    first = training.train(1)
    warm = 0
    while warm < order["warm_ms"]:
        warm += training.train(order["read_every"])
    steps, ms = 0, 0
    while ms < order["watch_ms"]:
        ms += training.train(order["read_every"])
        steps += order["read_every"]
    while training.trained < order["least_steps"]:
        training.train(order["read_every"])
    last = training.losses[-LAST_READS:]
    return {
        "version": f"PyTorch {torch.__version__}",
        "parameters": sum(each.numel() for each in training.model.parameters()),
        "readyMs": ready,
        "firstStepMs": first,
        "imagesPerSecond": 1000 * steps * order["batch"] / ms,
        "steps": steps,
        "loss": sum(last) / len(last),
        # In kibibytes on Linux, in bytes on macOS.
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024),
    }


def accuracy(model, images, labels):
    model.eval()
    with torch.inference_mode():
        logits = torch.cat([model(some) for some in images.split(1000)])
    model.train()
    return (logits.argmax(1) == labels).double().mean().item()


def reach(order, data):
    """The recipe of the preset of this name, in batches of 64, with an evaluation after each epoch."""
    fast = order["recipe"] == "Fast 99"
    training = Training(order["recipe"], 64, data, 8e-3 if fast else 1e-3)
    images, labels = load(data, "test")
    steps = TRAINING_IMAGES // 64
    schedule = None
    if fast:
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            training.optimizer, 8e-3, total_steps=2 * steps, pct_start=0.3, cycle_momentum=False
        )
    start = time.perf_counter()
    reached, epochs = 0, 0
    while reached < order["accuracy"] and epochs < (2 if fast else 20):
        for _ in range(steps):
            training.step()
            if schedule:
                schedule.step()
        epochs += 1
        reached = accuracy(training.model, images, labels)
    return {
        "ms": 1000 * (time.perf_counter() - start),
        "epochs": epochs,
        "accuracy": reached,
    }


def main():
    data, order = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
    torch.set_num_threads(order["threads"])
    result = {"measure": measure, "reach": reach}[order["do"]](order, data)
    print(json.dumps({"threads": order["threads"], **result}))


if __name__ == "__main__":
    main()
