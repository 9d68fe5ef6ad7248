package io.github.primesim.hardware;

import java.util.List;

/**
 * Components of another accelerator as its paper lists them, nested in three levels: units within
 * tiles within a chip.
 *
 * @param name name by which the file is known
 * @param description one line on what it describes
 * @param source where all of its numbers stand
 * @param node technology node of all of them
 * @param basis how they came about
 * @param unitsPerTile units of a tile
 * @param tilesPerChip tiles of the chip
 * @param arraysPerUnit crossbar arrays of a unit
 * @param operationsPerArray operations an array does in a period
 * @param periodNs length of a period
 * @param parts what it is made of
 */
public record ComponentTable(
    String name,
    String description,
    String source,
    String node,
    Basis basis,
    int unitsPerTile,
    int tilesPerChip,
    int arraysPerUnit,
    int operationsPerArray,
    double periodNs,
    List<Row> parts) {

  /** Where a part stands. */
  public enum Place {
    UNIT,
    TILE,
    CHIP
  }

  /**
   * One line of the list.
   *
   * @param name what it is, and how many of them the figures are for
   * @param place where it stands
   * @param group what its energy is spent on, in the words of whoever groups it
   * @param component the component of PRIME that does the same work
   * @param sharedBy how many of its place share it
   * @param powerMw power of all of them
   * @param areaMm2 area of all of them
   */
  public record Row(
      String name,
      Place place,
      String group,
      String component,
      int sharedBy,
      double powerMw,
      double areaMm2) {
    public Row {
      if (sharedBy < 1 || !(powerMw >= 0) || !(areaMm2 >= 0)) {
        throw new IllegalArgumentException(
            "'" + name + "' needs sharedBy from 1 up, power and area from 0 up");
      }
    }
  }

  public ComponentTable {
    parts = List.copyOf(parts);
    if (unitsPerTile < 1
        || tilesPerChip < 1
        || arraysPerUnit < 1
        || operationsPerArray < 1
        || !(periodNs > 0)) {
      throw new IllegalArgumentException("counts and periodNs must be above 0");
    }
  }
}
