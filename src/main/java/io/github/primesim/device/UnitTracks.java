package io.github.primesim.device;

import io.github.primesim.timeline.Place;
import io.github.primesim.timeline.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tracks of units: what all banks share, the units of a bank, and those of an FF subarray are
 * places of their own.
 */
final class UnitTracks {
  /** Tracks of a mat: itself, its sense amplifiers, its accumulator. */
  private static final int TRACKS_PER_MAT = 3;

  private static final int MOST_SERVERS = 1 << 16;
  private static final List<UnitKind> KINDS = List.of(UnitKind.values());

  private record Key(
      UnitKind kind, int bank, int subarray, int position, int server, boolean senseAmplifiers) {}

  private final int firstPlace;
  private final int subarraysPerBank;
  private final Map<Key, Track> tracks = new HashMap<>();

  /**
   * @param firstPlace order of the first place, behind those of the stages
   */
  UnitTracks(int firstPlace, int subarraysPerBank) {
    this.firstPlace = firstPlace;
    this.subarraysPerBank = subarraysPerBank;
  }

  /**
   * The track of one server of a unit.
   *
   * @param position of the unit within its subarray
   * @param server which of its servers
   */
  Track unit(UnitKind kind, int bank, int subarray, int position, int server) {
    return tracks.computeIfAbsent(new Key(kind, bank, subarray, position, server, false), this::of);
  }

  /** The track of the sense amplifiers of a mat. */
  Track senseAmplifiers(int bank, int subarray, int mat) {
    return tracks.computeIfAbsent(new Key(UnitKind.MAT, bank, subarray, mat, 0, true), this::of);
  }

  private Track of(Key key) {
    String name =
        switch (key.kind) {
          case BUFFER_READ_PORT -> "buffer read port";
          case BUFFER_WRITE_PORT -> "buffer write port";
          case GLOBAL_DATA_LINES -> "global data lines";
          case INTER_BANK_PATH -> "inter-bank path";
          case FF_PORT -> "FF port";
          case MAT -> "mat " + key.position + (key.senseAmplifiers ? " sense amplifiers" : "");
          case MAT_ACCUMULATOR -> "mat " + key.position + " accumulator";
          case SUBARRAY_ACCUMULATOR -> "subarray accumulator";
          case REORDER_BUFFER -> "reorder buffer";
          case INPUT_GATHER -> "input gather";
          case ACTIVATION_UNITS -> "activation units";
          case POOLING_UNITS -> "pooling units";
          case ELEMENTWISE_UNITS -> "elementwise units";
        };
    return new Track(place(key), key.server == 0 ? name : name + " " + key.server, order(key));
  }

  private Place place(Key key) {
    int bank = firstPlace + 1 + key.bank * (1 + subarraysPerBank);
    return switch (key.kind) {
      case INTER_BANK_PATH -> new Place("chip", firstPlace);
      case BUFFER_READ_PORT,
          BUFFER_WRITE_PORT,
          GLOBAL_DATA_LINES,
          POOLING_UNITS,
          ELEMENTWISE_UNITS ->
          new Place("bank " + key.bank, bank);
      case FF_PORT,
          MAT,
          MAT_ACCUMULATOR,
          SUBARRAY_ACCUMULATOR,
          REORDER_BUFFER,
          INPUT_GATHER,
          ACTIVATION_UNITS ->
          new Place("bank " + key.bank + ", FF subarray " + key.subarray, bank + 1 + key.subarray);
    };
  }

  /** Mats last, each followed by what belongs to it. */
  private static int order(Key key) {
    int firstOfMats = KINDS.size() * MOST_SERVERS;
    return switch (key.kind) {
      case MAT -> firstOfMats + TRACKS_PER_MAT * key.position + (key.senseAmplifiers ? 1 : 0);
      case MAT_ACCUMULATOR -> firstOfMats + TRACKS_PER_MAT * key.position + 2;
      default -> KINDS.indexOf(key.kind) * MOST_SERVERS + key.server;
    };
  }
}
