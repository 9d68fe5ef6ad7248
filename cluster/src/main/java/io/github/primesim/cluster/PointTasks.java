package io.github.primesim.cluster;

import io.github.primesim.report.SweepEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** Points as tasks of Spark, whose results come back one by one. */
final class PointTasks {
  private PointTasks() {}

  /** What a task does; it travels to the machine that does it. */
  private interface Task
      extends Function1<Iterator<Integer>, ArrayList<SweepEntry>>, Serializable {}

  /** What the driver does with a task's results. */
  private interface Handler extends Function2<Object, ArrayList<SweepEntry>, BoxedUnit> {}

  /**
   * Simulates points on the cluster and returns when all are done. A task whose machine is gone is
   * given to another one.
   *
   * @param perTask points of a task
   * @param take gets each result as it comes, one at a time; what it throws ends the job
   */
  static void run(
      JavaSparkContext spark,
      SharedSweep sweep,
      List<Integer> points,
      int perTask,
      Consumer<SweepEntry> take) {
    int tasks = (points.size() + perTask - 1) / perTask;
    JavaRDD<Integer> numbers = spark.parallelize(points, tasks);
    Task simulate =
        indices -> {
          ArrayList<SweepEntry> entries = new ArrayList<>();
          while (indices.hasNext()) {
            entries.add(sweep.simulate(indices.next()));
          }
          return entries;
        };
    Handler handle =
        (task, entries) -> {
          entries.forEach(take);
          return BoxedUnit.UNIT;
        };
    RDD<Integer> rdd = numbers.rdd();
    ClassTag<ArrayList<SweepEntry>> type = ClassTag$.MODULE$.apply(ArrayList.class);
    spark.sc().<Integer, ArrayList<SweepEntry>>runJob(rdd, simulate, handle, type);
  }
}
