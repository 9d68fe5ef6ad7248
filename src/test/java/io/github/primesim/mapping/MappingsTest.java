package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import org.junit.jupiter.api.Test;

class MappingsTest {
  @Test
  void everyNameLeadsToItsScheme() {
    assertThat(Mappings.names()).contains("dense", "zero-tile", Mappings.DEFAULT);
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
