package io.github.primesim.training.network;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of arrays in PyTorch's own language, for what DJL's arrays do not offer. Gradients go
 * through it.
 *
 * <p>PyTorch reads such functions from archives: the code, a pickled object without state that the
 * code belongs to, and empty constants.
 */
final class TorchScript {
  // Pickle, protocol 2: an object of __torch__.Function whose only attribute is training = true.
  private static final byte[] OBJECT =
      ("\u0080\u0002c__torch__\nFunction\nq\u0000)\u0081}(X\u0008\u0000\u0000\u0000training"
              + "q\u0001\u0088ub.")
          .getBytes(StandardCharsets.ISO_8859_1);
  // Pickle, protocol 2: an empty tuple.
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  // Held, since closing the model would free the function.
  private final Model model;

  /**
   * @param result an expression of the arguments that is an array
   * @param arguments names of the arrays, in their order
   */
  TorchScript(String result, String... arguments) {
    this(List.of(), result, arguments);
  }

  /**
   * @param steps assignments to further names, each of which may use those before it
   * @param result an expression of the arguments and these names that is an array
   * @param arguments names of the arrays, in their order
   */
  TorchScript(List<String> steps, String result, String... arguments) {
    String code =
        "class Function(Module):\n"
            + "  __parameters__ = []\n"
            + "  __buffers__ = []\n"
            + "  training : bool\n"
            + "  def forward(self: __torch__.Function"
            + String.join(
                "", java.util.Arrays.stream(arguments).map(a -> ", " + a + ": Tensor").toList())
            + ") -> Tensor:\n"
            + String.join("", steps.stream().map(step -> "    " + step + "\n").toList())
            + "    return "
            + result
            + "\n";
    model = Model.newInstance("function", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(code)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalArgumentException(code, e);
    }
  }

  NDArray apply(NDArray... arguments) {
    return model
        .getBlock()
        .forward(new ParameterStore(model.getNDManager(), false), new NDList(arguments), true)
        .singletonOrThrow();
  }

  private static byte[] archive(String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "data.pkl", OBJECT);
      put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.US_ASCII));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry("function/" + name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
