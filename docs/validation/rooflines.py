#!/usr/bin/env python3
"""The rooflines of the baselines once more, in Python from their files' numbers, with the alternatives that the files list.

Prints images per second and microjoules per image of each MlBench network, and the geometric mean of the rates over that of the default.
Independent of the Java code: the figures of `primesim validate --out DIR`, baselines.csv, must follow from these.
"""
import math
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def numbers(name):
    text = (ROOT / "hw-configs" / "baselines" / f"{name}.yaml").read_text()
    return {key: float(value) for key, value in re.findall(r"^(\w+): \{value: ([0-9.]+)", text, re.M)}


def connected(*sizes):
    return [(1, inputs, outputs, inputs) for inputs, outputs in zip(sizes, sizes[1:])]


def vgg():
    layers, channels, side = [], 3, 224
    for repeats, maps in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(repeats):
            layers.append((side * side, 9 * channels, maps, channels * side * side))
            channels = maps
        side //= 2
    return layers + connected(25088, 4096, 4096, 1000)


# Positions, inputs of an output, outputs, values read.
NETWORKS = {
    "cnn-1": [(24 * 24, 25, 5, 784)] + connected(720, 70, 10),
    "cnn-2": [(22 * 22, 49, 10, 784)] + connected(1210, 120, 10),
    "mlp-s": connected(784, 500, 250, 10),
    "mlp-m": connected(784, 1000, 500, 250, 10),
    "mlp-l": connected(784, 1500, 1000, 500, 10),
    "vgg-d": vgg(),
}


def image(chip, layers):
    """Nanoseconds and picojoules of an image on one copy, tiled."""
    time = energy = 0
    for positions, inputs, outputs, values in layers:
        tile = chip["cores"] * chip["tileOutputs"]
        tiles = math.ceil(outputs / tile)
        cycles = positions * tiles * math.ceil(inputs / chip["tileInputs"])
        blocks = math.ceil(inputs / (chip["weightBufferKb"] * 1024 // (tile * chip["weightBytes"])))
        size = chip["activationBytes"]
        reads = 1 if values * size <= chip["inputBufferKb"] * 1024 else tiles
        moves = 1 if positions * tile * size <= chip["outputBufferKb"] * 1024 else 2 * blocks - 1
        moved = inputs * outputs * chip["weightBytes"] + (values * reads + positions * outputs * moves) * size
        time += max(cycles / chip["clockGhz"], moved / chip["memoryGbPerS"])
        energy += positions * inputs * outputs * chip["operationPj"] + moved * chip["memoryPjPerByte"]
    return time, energy


def rates(chip):
    return {name: chip["copies"] * 1e9 / image(chip, layers)[0] for name, layers in NETWORKS.items()}


def mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


VARIANTS = [
    ("cpu", {}), ("cpu", {"memoryGbPerS": 17}), ("cpu", {"memoryGbPerS": 1e9}), ("cpu", {"memoryPjPerByte": 325}),
    ("pnpu-co", {}), ("pnpu-co", {"weightBytes": 1}), ("pnpu-co", {"memoryPjPerByte": 325}),
    ("pnpu-pim-x1", {}),
    ("pnpu-pim-x64", {}), ("pnpu-pim-x64", {"memoryGbPerS": 160}), ("pnpu-pim-x64", {"memoryGbPerS": 31.7}),
]


def main():
    print("baseline,change," + ",".join(f"{name} images/s,{name} uJ" for name in NETWORKS) + ",rate over default,energy over default")
    for name, change in VARIANTS:
        plain = numbers(name)
        chip = plain | change
        own, default = rates(chip), rates(plain)
        energies = {net: image(chip, layers)[1] for net, layers in NETWORKS.items()}
        defaults = {net: image(plain, layers)[1] for net, layers in NETWORKS.items()}
        text = " ".join(f"{key}={value:g}" for key, value in change.items()) or "as in the file"
        cells = ",".join(f"{own[net]:.6g},{energies[net] / 1e6:.6g}" for net in NETWORKS)
        print(f"{name},{text},{cells},{mean([own[n] / default[n] for n in NETWORKS]):.4g}"
              f",{mean([energies[n] / defaults[n] for n in NETWORKS]):.4g}")


if __name__ == "__main__":
    sys.exit(main())
