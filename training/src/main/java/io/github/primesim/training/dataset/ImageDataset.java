package io.github.primesim.training.dataset;

/** The two parts of a data set as it is published: images to train on and images to test on. */
public record ImageDataset(LabelledImages training, LabelledImages test) {}
