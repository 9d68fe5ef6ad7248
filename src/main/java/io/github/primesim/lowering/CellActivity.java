package io.github.primesim.lowering;

import io.github.primesim.metrics.Action;
import java.util.Map;

/** How often wordlines are driven and cells conduct: the actions that depend on the inputs. */
interface CellActivity {
  /**
   * The actions of some input vectors, per image: {@link Action#WORDLINE_DRIVES}, {@link
   * Action#CELL_INPUT_SQUARES} and {@link Action#CELL_INPUT_SQUARE_LEVELS}.
   *
   * @param part crossbars that process them
   */
  Map<Action, Long> of(LayerImage.Part part, Span span, Conduction conduction);
}
