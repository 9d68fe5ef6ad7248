package io.github.primesim.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** Spark as its own programs on the loopback address, made of the jars Maven has brought. */
final class SparkProcesses implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_SECONDS = 300;

  private final Path home;
  private final List<Process> started = new ArrayList<>();

  SparkProcesses(Path folder) throws IOException {
    home = Files.createDirectory(folder.resolve("spark"));
    Path jars = Files.createDirectory(home.resolve("jars"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String each : classPath.split(File.pathSeparator, -1)) {
      Path jar = Path.of(each);
      // Classes of primesim come from the jar that is submitted, as on any cluster.
      if (each.endsWith(".jar") && !jar.getFileName().toString().startsWith("primesim")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  /** Starts a program of Spark or primesim; what it says goes to a file of that name. */
  Process start(String name, String classPath, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    all.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of("-cp", classPath));
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(said(name).toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  Process spark(String name, String... command) throws IOException {
    return start(name, home.resolve("jars") + "/*", command);
  }

  /** Submits the jar. */
  Process submit(String name, String master, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.driver.host=" + LOOPBACK));
    command.addAll(List.of("--conf", "spark.executor.memory=512m"));
    // Of two workers neither should have done all the work before the other is there.
    command.addAll(List.of("--conf", "spark.cores.max=2"));
    command.addAll(List.of("--conf", "spark.scheduler.minRegisteredResourcesRatio=1.0"));
    command.addAll(List.of("--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=120s"));
    command.addAll(List.of("--class", "io.github.primesim.cluster.SweepOnSpark"));
    command.add(Path.of("target", "primesim-cluster.jar").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return spark(name, command.toArray(String[]::new));
  }

  /** Starts a master and returns its address. */
  String master() throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    spark(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--host",
        LOOPBACK,
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
    await(() -> said("master", "I have been elected leader"), "the master");
    return "spark://" + LOOPBACK + ":" + port;
  }

  /** Starts a worker with one core. */
  Process worker(String name, String master) throws IOException {
    return spark(
        name,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        LOOPBACK,
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "600m",
        "--work-dir",
        home.resolve("work-" + name).toString(),
        master);
  }

  Path said(String name) {
    return home.resolve(name + ".said");
  }

  boolean said(String name, String what) {
    try {
      return Files.exists(said(name)) && Files.readString(said(name)).contains(what);
    } catch (IOException e) {
      return false;
    }
  }

  /** The last lines a program has said. */
  String end(String name) throws IOException {
    try (Stream<String> lines = Files.lines(said(name))) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
    }
  }

  static void await(BooleanSupplier condition, String what) throws InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(what + " did not come in " + PATIENCE_SECONDS + " s");
  }

  /** Ends a program and all it has started, without a chance to say goodbye. */
  static void kill(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    started.forEach(SparkProcesses::kill);
  }
}
