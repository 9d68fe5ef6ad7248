package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

class ArrayWiresTest {
  /**
   * The whole network node by node: every crossing is a node on its wordline and one on its
   * bitline, currents into each node add up to zero, and the voltages are those of one wordline at
   * 1 V.
   */
  private static final class Nodes {
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final List<double[]> resistors = new ArrayList<>();
    private final List<double[]> toGround = new ArrayList<>();
    private final List<double[]> toDriver = new ArrayList<>();

    int node(int kind, int wordline, int bitline) {
      return numbers.computeIfAbsent(List.of(kind, wordline, bitline), key -> numbers.size());
    }

    RealVector voltages() {
      RealMatrix matrix = new Array2DRowRealMatrix(numbers.size(), numbers.size());
      RealVector currents = new ArrayRealVector(numbers.size());
      for (double[] r : resistors) {
        int from = (int) r[0];
        int to = (int) r[1];
        matrix.addToEntry(from, from, r[2]);
        matrix.addToEntry(to, to, r[2]);
        matrix.addToEntry(from, to, -r[2]);
        matrix.addToEntry(to, from, -r[2]);
      }
      for (double[] r : toGround) {
        matrix.addToEntry((int) r[0], (int) r[0], r[1]);
      }
      for (double[] r : toDriver) {
        matrix.addToEntry((int) r[0], (int) r[0], r[1]);
        currents.addToEntry((int) r[0], r[1]);
      }
      return new LUDecomposition(matrix, 0).getSolver().solve(currents);
    }
  }

  /** Currents of all bitlines that conduct, with one wordline at 1 V and the others at 0 V. */
  private static Map<Integer, Double> currents(
      double resistance, int first, List<Integer> bitlines, double[][] cells, int driven) {
    Nodes nodes = new Nodes();
    double wire = 1 / resistance;
    for (int row = 0; row < cells[0].length; row++) {
      for (int i = 0; i < bitlines.size(); i++) {
        int bitline = bitlines.get(i);
        int onWordline = nodes.node(0, row, bitline);
        int onBitline = nodes.node(1, row, bitline);
        nodes.resistors.add(new double[] {onWordline, onBitline, cells[bitline][row]});
        if (i > 0) {
          double piece = wire / (bitline - bitlines.get(i - 1));
          nodes.resistors.add(
              new double[] {nodes.node(0, row, bitlines.get(i - 1)), onWordline, piece});
        } else {
          (row == driven ? nodes.toDriver : nodes.toGround)
              .add(new double[] {onWordline, wire / (bitline + 1)});
        }
        if (row == 0) {
          nodes.toGround.add(new double[] {onBitline, wire / (first + 1)});
        } else {
          nodes.resistors.add(new double[] {nodes.node(1, row - 1, bitline), onBitline, wire});
        }
      }
    }
    RealVector voltages = nodes.voltages();
    Map<Integer, Double> currents = new HashMap<>();
    for (int bitline : bitlines) {
      double voltage = voltages.getEntry(nodes.node(1, 0, bitline));
      currents.put(bitline, voltage * wire / (first + 1));
    }
    return currents;
  }

  private static double[][] cells(SplittableRandom random, int bitlines, int wordlines) {
    double[][] cells = new double[bitlines][wordlines];
    for (double[] bitline : cells) {
      for (int row = 0; row < wordlines; row++) {
        // One in ten is stuck, and one in ten conducts nothing.
        bitline[row] = random.nextInt(10) == 0 ? 0 : 0.5 + 15 * random.nextDouble();
      }
    }
    return cells;
  }

  private static List<List<Integer>> turns(int columns, int slices, int together) {
    List<List<Integer>> turns = new ArrayList<>();
    if (together == 0) {
      List<Integer> all = new ArrayList<>();
      for (int bitline = 0; bitline < columns * slices; bitline++) {
        all.add(bitline);
      }
      return List.of(all);
    }
    for (int first = 0; first < columns; first += together) {
      for (int slice = 0; slice < slices; slice++) {
        List<Integer> turn = new ArrayList<>();
        for (int column = first; column < Math.min(first + together, columns); column++) {
          turn.add(column * slices + slice);
        }
        turns.add(turn);
      }
    }
    return turns;
  }

  @Test
  void agreesWithTheNetworkNodeByNode() {
    for (long seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int slices = 1 + random.nextInt(3);
      int columns = 1 + random.nextInt(5);
      int wordlines = 1 + random.nextInt(7);
      int together = random.nextInt(4);
      int first = random.nextInt(3) * 8;
      double resistance = Math.pow(10, -5 + 5 * random.nextDouble());
      double[][] cells = cells(random, columns * slices, wordlines);

      double[][] seen = new ArrayWires(resistance, slices, together).seen(first, cells);

      for (List<Integer> turn : turns(columns, slices, together)) {
        for (int driven = 0; driven < wordlines; driven++) {
          Map<Integer, Double> currents = currents(resistance, first, turn, cells, driven);
          for (int bitline : turn) {
            double expected = currents.get(bitline);
            assertThat(seen[bitline][driven])
                .as("seed %d, bitline %d, wordline %d", seed, bitline, driven)
                .isCloseTo(expected, within(1e-9 * (1 + expected)));
          }
        }
      }
    }
  }

  /** A lone cell is in series with its two wires. */
  @Test
  void aLoneCellIsInSeriesWithItsWires() {
    double[][] cells = {{0}, {0}, {0}, {0}, {0}, {5}};

    double seen = new ArrayWires(0.01, 2, 1).seen(30, cells)[5][0];

    assertThat(seen).isCloseTo(1 / (1.0 / 5 + 0.01 * (6 + 31)), within(1e-12));
  }

  @Test
  void hardlyAnyResistanceIsHardlyAnyLoss() {
    double[][] cells = cells(new SplittableRandom(3), 64, 256);

    double[][] seen = new ArrayWires(1e-12, 2, 8).seen(0, cells);

    for (int bitline = 0; bitline < cells.length; bitline++) {
      for (int row = 0; row < 256; row++) {
        assertThat(seen[bitline][row]).isCloseTo(cells[bitline][row], within(1e-5));
      }
    }
  }

  /** The farther a cell is, the less is left of it; and all the less, the more conduct with it. */
  @Test
  void farCellsLoseMost() {
    double[][] cells = new double[32][32];
    for (double[] bitline : cells) {
      java.util.Arrays.fill(bitline, 5);
    }
    double[][] alone = new ArrayWires(0.0005, 2, 1).seen(0, cells);
    double[][] all = new ArrayWires(0.0005, 2, 0).seen(0, cells);

    for (int bitline = 0; bitline < 32; bitline++) {
      for (int row = 0; row < 32; row++) {
        assertThat(alone[bitline][row]).isLessThan(5).isGreaterThan(all[bitline][row]);
        if (row > 0) {
          assertThat(alone[bitline][row]).isLessThan(alone[bitline][row - 1]);
          assertThat(all[bitline][row]).isLessThan(all[bitline][row - 1]);
        }
        if (bitline > 0) {
          assertThat(alone[bitline][row]).isLessThan(alone[bitline - 1][row]);
          assertThat(all[bitline][row]).isLessThan(all[bitline - 1][row]);
        }
      }
    }
  }

  /** A reference column is one whose cells are all at level 0. */
  @Test
  void aBitlineAloneIsOneInATurnOfItsOwn() {
    double[][] cells = cells(new SplittableRandom(9), 12, 20);
    ArrayWires wires = new ArrayWires(0.003, 2, 1);

    double[][] seen = wires.seen(4, cells);

    for (int bitline = 0; bitline < cells.length; bitline++) {
      assertThat(wires.seenAlone(4, bitline, cells[bitline])).isEqualTo(seen[bitline]);
    }
  }
}
