package io.github.primesim.training;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.LogMelSpectrogram;
import io.github.primesim.training.dataset.SpokenDigits;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.BidirectionalLstm;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.Layer;
import io.github.primesim.training.network.MeanOverSteps;
import io.github.primesim.training.network.TimeSteps;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The networks that are trained on the spoken digits. */
final class SpokenDigitRecipes {
  private static final int LAYERS = 5;
  private static final int UNITS = 64;
  private static final int DENSE_EPOCHS = 25;
  private static final int FINE_TUNE_EPOCHS = 12;

  private SpokenDigitRecipes() {}

  static Recipe lstm5() {
    LogMelSpectrogram sound = SpokenDigits.SPECTROGRAM;
    List<Layer> layers = new ArrayList<>();
    layers.add(new TimeSteps("steps", sound.frames(), sound.bands()));
    for (int layer = 1; layer <= LAYERS; layer++) {
      layers.add(new BidirectionalLstm("lstm" + layer, UNITS));
    }
    layers.add(new MeanOverSteps("mean", sound.frames()));
    layers.add(new FullyConnected("fc", 10, Activation.NONE));
    return new Recipe(
        new Topology(
            "lstm5-spoken-digits",
            "Five bidirectional LSTM layers on spoken digits, pruned to 85 % by magnitude",
            new FeatureMap(1, sound.frames(), sound.bands()),
            layers),
        SpokenDigits::obtain,
        new Schedule(DENSE_EPOCHS, 32, 0.2, 0.1, 0.9, 1e-5, Augmentation.shifts(2)),
        new MagnitudePruning(0.85, Map.of("fc.weight", 0.5)),
        new Schedule(FINE_TUNE_EPOCHS, 32, 0.1, 0.1, 0.9, 1e-5, Augmentation.shifts(2)),
        List.of(
            "Topology: five bidirectional LSTM layers of 64 units a direction, so that each hands"
                + " 128 values a step to the next, their mean over all steps, and one fully"
                + " connected layer. Trained on spoken digits, not on LibriSpeech, which Lin et al."
                + " (2019) use for theirs: accuracies of the two cannot be compared.",
            "Inputs: log-mel spectrograms of 48 frames and 32 bands as bytes / 256, in [0, 1). A"
                + " frame is 32 ms long, one begins every 20 ms; 255 is the loudest place of a"
                + " recording, 0 is 64 dB below it. Shorter recordings stand in the middle, of"
                + " longer ones the loudest frames stay.",
            "Data: Free Spoken Digit Dataset (Jakobovski et al.,"
                + " github.com/Jakobovski/free-spoken-digit-dataset), 3,000 recordings of six"
                + " speakers, CC BY-SA 4.0. As its authors want it, takes 0 to 4 of each speaker"
                + " and digit are to test on, 300 recordings; all others are to train on. The same"
                + " six speakers are in both. Neither recordings nor spectrograms are part of this"
                + " project: `training/train lstm5-spoken-digits --data DIR --images OUT` makes"
                + " them from the folder of recordings, and `primesim accuracy --data OUT` reads"
                + " them."));
  }
}
