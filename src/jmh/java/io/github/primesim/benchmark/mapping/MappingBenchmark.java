package io.github.primesim.benchmark.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.MappingOptions;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Time to map a layer as large as the first fully connected one of VGG-16: one sign of it, or both,
 * each on crossbars of its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// The collector of bin/primesim; the default one marks in the background and disturbs the figures.
@Fork(jvmArgs = {"-Xmx3g", "-XX:+UseSerialGC"})
public class MappingBenchmark {
  private static final int ROWS = 25088;
  private static final int COLUMNS = 4096;
  private static final long SEED = 1;

  @Param({"block-compact", "block-kmeans", "row-order", "column-group"})
  private String scheme;

  @Param("1")
  private int threads;

  /** Rows and weight columns of a crossbar. */
  @Param("32")
  private int size;

  /** Signs that the matrix has: 1, or 2 that are mapped apart. */
  @Param("1")
  private int signs;

  /** Non-zeros of one sign, as a share of the matrix. */
  @Param("0.02")
  private double density;

  private Mapping mapping;
  private IntegerMatrix weights;
  private CrossbarGeometry geometry;

  /** Draws the weights, uniform over the matrix. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    short[] values = new short[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      double draw = random.nextDouble();
      if (draw < signs * density) {
        int magnitude = 1 + random.nextInt(255);
        values[i] = (short) (draw < density ? magnitude : -magnitude);
      }
    }
    weights = new IntegerMatrix(ROWS, COLUMNS, 8, 1.0 / 256, values);
    SignScheme scheme = signs == 1 ? SignScheme.PAIRS : SignScheme.INDEPENDENT;
    geometry = new CrossbarGeometry(size, size, 1, scheme, 1, 1, 1, 1, 1);
    mapping = Mappings.named(this.scheme, new MappingOptions(SEED, threads));
  }

  /** One mapping. */
  @Benchmark
  public LayerMapping map() {
    return mapping.map(weights, geometry);
  }
}
