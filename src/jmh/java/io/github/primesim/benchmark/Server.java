package io.github.primesim.benchmark;

/**
 * A server with a line for the engines that have none of their own, with the statistics {@link
 * io.github.primesim.kernel.Resource} keeps.
 */
final class Server {
  private final int[] customers = new int[ContentionBenchmark.CUSTOMERS];
  private final long[] arrivals = new long[ContentionBenchmark.CUSTOMERS];
  private int first;
  private int waiting;
  private boolean busy;
  private int longestLine;
  private long waited;
  private long busyTime;
  private long since;

  /** A customer arrives; returns whether its service begins at once. */
  boolean arrive(int customer, long now) {
    if (!busy) {
      busy = true;
      since = now;
      return true;
    }
    int last = (first + waiting) % customers.length;
    customers[last] = customer;
    arrivals[last] = now;
    longestLine = Math.max(longestLine, ++waiting);
    return false;
  }

  /** A service ends; returns the customer whose service begins, or -1. */
  int end(long now) {
    busyTime += now - since;
    since = now;
    if (waiting == 0) {
      busy = false;
      return -1;
    }
    int customer = customers[first];
    waited += now - arrivals[first];
    first = (first + 1) % customers.length;
    waiting--;
    return customer;
  }

  long statistics() {
    return busyTime + waited + longestLine;
  }
}
