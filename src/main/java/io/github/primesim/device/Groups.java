package io.github.primesim.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sets that only ever join. */
final class Groups {
  private final int[] parents;

  /** Each member by itself. */
  Groups(int members) {
    parents = new int[members];
    Arrays.setAll(parents, member -> member);
  }

  /** A number that all members of the group share. */
  int of(int member) {
    int root = member;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  void join(int a, int b) {
    parents[of(a)] = of(b);
  }

  /** By member: the number of its group, counted from 0 in the order of their first members. */
  int[] numbers() {
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] ofMembers = new int[parents.length];
    for (int member = 0; member < ofMembers.length; member++) {
      ofMembers[member] = numbers.computeIfAbsent(of(member), group -> numbers.size());
    }
    return ofMembers;
  }
}
