package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What tests that hold for every mapping go through. */
public final class MappingCases {
  private MappingCases() {}

  /** Every mapping with both sign schemes and each of the sizes, in this order. */
  public static Stream<Arguments> ofSizes(Integer... sizes) {
    return Mappings.names().stream()
        .flatMap(
            name ->
                Stream.of(SignScheme.values())
                    .flatMap(
                        signs ->
                            Arrays.stream(sizes).map(size -> Arguments.of(name, signs, size))));
  }
}
