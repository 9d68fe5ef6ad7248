package io.github.primesim.config;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hardware files: the bundled ones in {@code hw-configs/}, and those of a user.
 *
 * <p>A file may extend others ({@code extends: name}, {@code extends: path.yaml} beside itself, or
 * a list); keys merge section by section, later files and the file itself win. A number is {@code
 * {value, unit, source, node, basis}} and does not load without any of them; {@code alternatives}
 * (numbers of the same form) and a {@code note} may stand beside it.
 */
public final class HardwareFiles {
  private static final String FOLDER = "hw-configs";
  private static final String ENDING = ".yaml";
  private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(\\d{1,6})]");

  private HardwareFiles() {}

  /**
   * Names of the bundled memories, sorted.
   *
   * @param installation folder that holds {@code hw-configs/}
   */
  public static List<String> bundled(Path installation) {
    List<String> names = new ArrayList<>();
    Path folder = installation.resolve(FOLDER);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - ENDING.length()));
      }
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be listed, the bundled hardware belongs there", e);
    }
    names.sort(null);
    return names;
  }

  /**
   * Loads a memory.
   *
   * @param installation folder that holds {@code hw-configs/}
   * @param nameOrPath a bundled name, or a YAML file
   * @param overrides values that replace those of the file, as {@code key=value}; the key is any
   *     key of the resolved file, such as {@code timing.saBitNs} or {@code energy.conversionPj[5]}
   * @throws InputProblem naming file and line or setting, key, value and what is allowed
   */
  public static LoadedHardware load(Path installation, String nameOrPath, List<String> overrides) {
    return read(installation, nameOrPath).with(overrides);
  }

  /**
   * Loads a memory with values set that a file holds.
   *
   * @param origins what a refusal of each of them begins with
   * @throws InputProblem as {@link #load(Path, String, List)}
   */
  static LoadedHardware load(
      Path installation, String nameOrPath, List<String> overrides, List<String> origins) {
    return read(installation, nameOrPath).with(overrides, origins);
  }

  /**
   * Reads a memory that is going to be changed in several ways.
   *
   * @throws InputProblem as {@link #load}
   */
  static HardwareBase read(Path installation, String nameOrPath) {
    HardwareTree tree =
        HardwareTree.read(find(installation, nameOrPath), name -> bundled(installation, name));
    tree.checkShape();
    return new HardwareBase(tree);
  }

  private static Path find(Path installation, String nameOrPath) {
    Path file;
    try {
      file = Path.of(nameOrPath);
    } catch (InvalidPathException e) {
      throw unknown(installation, nameOrPath);
    }
    boolean path = nameOrPath.endsWith(ENDING) || file.getNameCount() > 1 || file.isAbsolute();
    return path ? file : bundled(installation, nameOrPath);
  }

  private static Path bundled(Path installation, String name) {
    if (!bundled(installation).contains(name)) {
      throw unknown(installation, name);
    }
    return installation.resolve(FOLDER).resolve(name + ENDING);
  }

  private static InputProblem unknown(Path installation, String name) {
    return new InputProblem(
        "hardware '"
            + name
            + "' is not bundled, allowed: "
            + String.join(", ", bundled(installation))
            + ", or a file that ends in "
            + ENDING);
  }

  /**
   * Applies one setting and returns it in its plain form.
   *
   * @param where what a refusal begins with, before the setting
   */
  static String override(HardwareTree tree, String override, Set<JsonPointer> done, String where) {
    String origin = where + " " + override;
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new InputProblem(origin + ": allowed: key=value");
    }
    String path = override.substring(0, equals).strip();
    String text = override.substring(equals + 1).strip();
    if (path.endsWith(".value")) {
      path = path.substring(0, path.length() - ".value".length());
    }
    JsonPointer at = resolve(tree, path, origin);
    if (!done.add(at)) {
      throw new InputProblem(origin + ": '" + path + "' is set twice, allowed: once");
    }
    JsonNode value = scalar(path, text, origin);
    if (tree.root().at(at) instanceof ObjectNode quantity) {
      ObjectNode changed = quantity.deepCopy();
      changed.remove("note");
      changed.set("value", value);
      changed.put("source", "set on the command line");
      changed.put("node", "any");
      changed.put("basis", "assumed");
      tree.replace(at, changed, origin);
    } else {
      tree.replace(at, value, origin);
    }
    return path + "=" + text;
  }

  /** A number or a word, as a file would have it; nothing may stand behind it. */
  private static JsonNode scalar(String path, String text, String origin) {
    String key = origin + ": key '" + path + "' ";
    if (text.isEmpty()) {
      throw new InputProblem(key + "is empty, allowed: a value");
    }
    if (text.chars().anyMatch(Character::isISOControl) || text.indexOf('#') >= 0) {
      throw new InputProblem(key + "holds more than one value, allowed: a number or a word");
    }
    JsonNode value;
    try {
      value = StrictYaml.parse(origin, path + ": " + text).root().get(path);
    } catch (InputProblem e) {
      // A setting has no lines.
      throw new InputProblem(e.getMessage().replace(origin + ":1:", origin + ":"), e);
    }
    if (value.isContainer()) {
      throw new InputProblem(key + "is no single value, allowed: a number or a word");
    }
    return value;
  }

  static JsonPointer resolve(HardwareTree tree, String path, String origin) {
    Matcher element = ELEMENT.matcher(path);
    boolean indexed = element.matches();
    String name = indexed ? element.group(1) : path;
    Optional<HardwareKey> key =
        HardwareKey.all().stream().filter(each -> each.path().equals(name)).findFirst();
    if (key.isEmpty()) {
      List<String> allowed = HardwareKey.all().stream().map(HardwareKey::path).toList();
      throw new InputProblem(
          origin
              + ": unknown key '"
              + path
              + "', nearest allowed: '"
              + NearestKey.of(name, allowed)
              + "'");
    }
    if (indexed != (key.get().kind() == HardwareKey.Kind.QUANTITIES)) {
      throw new InputProblem(
          origin
              + ": '"
              + name
              + (indexed ? "' is not a list, allowed: '" + name + "'" : "' is a list, allowed: '")
              + (indexed ? "" : name + "[0]' and further elements"));
    }
    if (!indexed) {
      return key.get().pointer();
    }
    int index = Integer.parseInt(element.group(2));
    int size = tree.required(key.get()).size();
    if (index >= size) {
      throw new InputProblem(
          origin + ": '" + path + "' does not exist, allowed: [0] to [" + (size - 1) + "]");
    }
    return key.get().pointer().appendIndex(index);
  }
}
