package io.github.primesim.network;

import io.github.primesim.units.InputProblem;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Named arrays of numbers in a file, read in pieces.
 *
 * <p>Whatever is asked for an array that is missing, of a type that does not fit, or damaged, is an
 * {@link InputProblem} that names file and array.
 */
public interface ArrayFile {
  /** The file as the user named it. */
  Path path();

  /** Names of the arrays in file order. */
  Set<String> names();

  /** Extents of an array, outermost first; empty for a single number. */
  List<Integer> shape(String name);

  /** Whether an array holds integers of 8 bits, signed ones, which are weights without a scale. */
  boolean isInt8(String name);

  /** All elements of an array of real numbers or 8-bit integers, in row-major order. */
  float[] floats(String name);

  /** Opens an array to be read in pieces. */
  Elements read(String name);

  /** How messages call an array. */
  default String label(String name) {
    return name;
  }

  /** The elements of one array, in row-major order. */
  interface Elements extends Closeable {
    /** Reads the next {@code count} elements to the start of {@code target}. */
    void next(float[] target, int count);

    /** Ends the reading; where the file has a checksum, it is compared. */
    void finish();

    @Override
    void close();
  }
}
