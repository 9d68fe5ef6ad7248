package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import org.junit.jupiter.api.Test;

class MappingsTest {
  @Test
  void everyNameLeadsToItsScheme() {
    assertThat(Mappings.names())
        .containsExactly(
            "dense",
            "zero-tile",
            "global-kmeans",
            "strip-kmeans",
            "block-kmeans",
            "block-compact",
            "row-order",
            "column-group",
            "operation-unit")
        .contains(Mappings.DEFAULT);
    assertThat(Mappings.names())
        .allSatisfy(name -> assertThat(Mappings.named(name).name()).isEqualTo(name));
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseAllowed() {
    assertThatThrownBy(() -> Mappings.named("kmeans"))
        .isInstanceOf(InputProblem.class)
        .hasMessage("mapping 'kmeans' is unknown, allowed: " + String.join(", ", Mappings.names()));
  }
}
