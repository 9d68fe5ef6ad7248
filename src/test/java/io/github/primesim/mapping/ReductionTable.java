package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints the reductions in {@code docs/mapping.md}: crossbars of the dense mapping over crossbars
 * kept, for one sign of synthetic layers as large as the first fully connected layer of VGG-16.
 *
 * <p>Model U draws positions uniformly; model M draws weights {@code r_i * c_j * g_ij} with normal
 * logarithms of standard deviation 0.25 of r and c and standard normal g, and prunes the smallest
 * magnitudes. One sign of a layer of density d has half its weights.
 */
public final class ReductionTable {
  private static final int ROWS = 25088;
  private static final int COLUMNS = 4096;
  private static final double SIGMA = 0.25;
  private static final long SEED = 2019;
  private static final int SAMPLE_STRIDE = 25;

  private ReductionTable() {}

  /** Prints the table in Markdown to standard output. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println(
        "| case | n=m | cell bound | zero-tile | global-kmeans | strip-kmeans | block-kmeans"
            + " | block-compact | row-order, density sort | row-order | column-group |");
    out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (double density : new double[] {0.04, 0.1}) {
      IntegerMatrix weights = uniform(density / 2);
      for (int size : density == 0.04 ? new int[] {32, 64, 128} : new int[] {32}) {
        out.println(row("U, d = " + percent(density), weights, size));
      }
    }
    float[] model = model();
    for (double density : new double[] {0.04, 0.075, 0.15, 0.25}) {
      IntegerMatrix weights = positive(model, density);
      for (int size : density < 0.1 ? new int[] {32, 64, 128} : new int[] {32}) {
        out.println(row("M, d = " + percent(density), weights, size));
      }
    }
    IntegerMatrix weights = positive(model, 0.1);
    StringBuilder units = new StringBuilder("\noperation-unit, M, d = 10 %, 128 x 128:");
    for (int height : new int[] {8, 16, 32, 128}) {
      Mapping scheme = new OperationUnitMapping(height, MappingOptions.DEFAULT);
      units.append(
          String.format(Locale.ROOT, " h = %d %s", height, reduction(scheme, weights, 128)));
    }
    out.println(units);
  }

  private static String row(String title, IntegerMatrix weights, int size) {
    List<String> cells = new ArrayList<>(List.of(title, Integer.toString(size)));
    LayerMapping compact = new BlockCompactMapping().map(weights, geometry(size));
    cells.add(ratio(compact.denseArrays(), compact.cellBoundArrays()));
    cells.add(reduction(new ZeroTileMapping(), weights, size));
    cells.add(reduction(new GlobalKMeansMapping(), weights, size));
    cells.add(reduction(new StripKMeansMapping(), weights, size));
    cells.add(reduction(new BlockKMeansMapping(), weights, size));
    cells.add(ratio(compact.denseArrays(), compact.arrays()));
    SparsePattern rows = SparsePattern.ofRows(weights, SignScheme.PAIRS);
    long sorted = rows.crossbars(UnionGrowth.byDegree(rows), size, COLUMNS, size);
    cells.add(ratio(compact.denseArrays(), 2 * sorted));
    cells.add(reduction(new RowOrderMapping(), weights, size));
    cells.add(reduction(new ColumnGroupMapping(), weights, size));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String reduction(Mapping scheme, IntegerMatrix weights, int size) {
    LayerMapping mapping = scheme.map(weights, geometry(size));
    return ratio(mapping.denseArrays(), mapping.arrays());
  }

  private static String ratio(long dense, long kept) {
    return String.format(Locale.ROOT, "%.2f", (double) dense / kept);
  }

  private static String percent(double density) {
    return String.format(Locale.ROOT, "%s %%", density * 100).replace(".0 ", " ");
  }

  /** Square crossbars with one bitline a weight: n counts weight columns. */
  private static CrossbarGeometry geometry(int size) {
    return new CrossbarGeometry(size, size, 1, SignScheme.PAIRS, 1, 1, 1, 1, 1);
  }

  private static IntegerMatrix uniform(double density) {
    SplittableRandom random = new SplittableRandom(SEED);
    short[] values = new short[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (random.nextDouble() < density ? 1 : 0);
    }
    return new IntegerMatrix(ROWS, COLUMNS, 1, 1, values);
  }

  private static float[] model() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] row = intensities(random, ROWS);
    double[] column = intensities(random, COLUMNS);
    float[] weights = new float[ROWS * COLUMNS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (row[i / COLUMNS] * column[i % COLUMNS] * random.nextGaussian());
    }
    return weights;
  }

  private static double[] intensities(SplittableRandom random, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> Math.exp(SIGMA * random.nextGaussian()));
    return values;
  }

  /** The positive part after pruning to {@code density}; the quantile is that of a sample. */
  private static IntegerMatrix positive(float[] model, double density) {
    float[] sample = new float[model.length / SAMPLE_STRIDE];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = Math.abs(model[i * SAMPLE_STRIDE]);
    }
    Arrays.sort(sample);
    float threshold = sample[(int) (sample.length * (1 - density))];
    short[] values = new short[model.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (model[i] >= threshold ? 1 : 0);
    }
    return new IntegerMatrix(ROWS, COLUMNS, 1, 1, values);
  }
}
