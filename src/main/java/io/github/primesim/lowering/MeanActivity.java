package io.github.primesim.lowering;

import io.github.primesim.metrics.Action;
import java.util.List;
import java.util.Map;

/** All inputs of a layer are as active as they are on average. */
record MeanActivity(Activity activity) implements CellActivity {
  @Override
  public Map<Action, Long> of(LayerImage.Part part, Span span, Conduction conduction) {
    double squares = 0;
    double squareLevels = 0;
    double drives = 0;
    for (int input = 0; input < conduction.windows().size(); input++) {
      List<Long> windows = conduction.windows().get(input);
      long conducting = conduction.total(input);
      if (conducting == 0) {
        continue;
      }
      double square = activity.meanSquares().get(input);
      double biasSquare = Math.pow(activity.biasLevels().get(input), 2);
      drives += part.inputWordlines * activity.drivenShares().get(input) + part.biasWordlines;
      if (conduction.allBitlines()) {
        double steps = (double) conducting * conduction.depth();
        squares +=
            steps * conduction.arrays() * (part.inputCells * square + part.biasCells * biasSquare);
        for (int weight = 0; weight < part.inputLevels.length; weight++) {
          squareLevels +=
              steps * (part.inputLevels[weight] * square + part.biasLevels[weight] * biasSquare);
        }
        continue;
      }
      for (int weight = 0; weight < windows.size(); weight++) {
        long window = windows.get(weight);
        if (window == 0) {
          continue;
        }
        squares +=
            (double) window
                * conduction.arrays()
                * conduction.sharing()
                * (part.inputPositions * square + part.biasPositions * biasSquare);
        squareLevels +=
            window * (part.inputLevels[weight] * square + part.biasLevels[weight] * biasSquare);
      }
    }
    return Map.of(
        Action.CELL_INPUT_SQUARES, Math.round(squares * span.count()),
        Action.CELL_INPUT_SQUARE_LEVELS, Math.round(squareLevels * span.count()),
        Action.WORDLINE_DRIVES, Math.round(drives * span.count()));
  }
}
