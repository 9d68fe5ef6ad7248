package io.github.primesim.cli;

import io.github.primesim.claim.Claim;
import io.github.primesim.config.Catalogue;
import io.github.primesim.config.ClaimFiles;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.EvaluationFile;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.PruningChoices;
import io.github.primesim.experiment.SyntheticLayer;
import io.github.primesim.timeline.Execution;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a shell offers for the values of options; files it offers by itself. Options of a command
 * whose labels are equal are offered the same: a label names the list in the completion script.
 */
final class Candidates {
  private Candidates() {}

  /** Names of the bundled networks. */
  static final class Networks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return new NetworkFiles(Terminal.home()).names().iterator();
    }
  }

  /** Names of the bundled memories. */
  static final class Memories implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return HardwareFiles.bundled(Terminal.home()).iterator();
    }
  }

  /** Names of the mapping schemes. */
  static final class Schemes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Catalogue.schemes().iterator();
    }
  }

  /** Names of the mapping schemes that leave something out. */
  static final class SparseSchemes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Catalogue.schemes().stream().filter(name -> !name.equals("dense")).iterator();
    }
  }

  /** Parts of the evaluation. */
  static final class Parts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(EvaluationPart.values()).map(EvaluationPart::key).iterator();
    }
  }

  /** Networks of the evaluation, by the names of the paper and of those that stand for them. */
  static final class EvaluatedNetworks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> bundled = new NetworkFiles(Terminal.home()).names();
      return EvaluationFile.load(Terminal.home()).networks().stream()
          .flatMap(
              network ->
                  Stream.concat(
                      Stream.of(network.title()),
                      network.ours().stream().filter(bundled::contains)))
          .iterator();
    }
  }

  /** Names of the published claims. */
  static final class Claims implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ClaimFiles.all(Terminal.home()).stream().map(Claim::id).iterator();
    }
  }

  /** Kinds of synthetic layers. */
  static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(SyntheticLayer.Model.values()).map(Enum::name).iterator();
    }
  }

  /** How signed weights can be held. */
  static final class Signs implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DesignFiles.signSchemes().iterator();
    }
  }

  /** What free mats can be used for. */
  static final class Policies implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DesignFiles.replications().iterator();
    }
  }

  /** By what energy can be listed. */
  static final class Views implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(View.values()).map(View::key).iterator();
    }
  }

  /** What can be listed. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("networks", "hardware", "mappings").iterator();
    }
  }

  /** How a network can be pruned. */
  static final class PruningSchemes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PruningChoices.schemes().iterator();
    }
  }

  /** What a target can be a share of. */
  static final class Shares implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PruningChoices.shares().iterator();
    }
  }

  /** In which order segments can go. */
  static final class Ranks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PruningChoices.ranks().iterator();
    }
  }

  /** What can meet a target. */
  static final class Scopes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PruningChoices.scopes().iterator();
    }
  }

  /** Runs that can be recorded. */
  static final class Executions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Execution.values()).map(Execution::key).iterator();
    }
  }

  /** Where the activity of inputs can come from. */
  static final class Activities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(ActivityOption.MEAN, ActivityOption.DATA).iterator();
    }
  }
}
