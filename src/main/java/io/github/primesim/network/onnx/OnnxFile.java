package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens ONNX files. */
public final class OnnxFile {
  /** Since this operator set, shapes are broadcast as everywhere else. */
  private static final long OLDEST_OPSET = 7;

  private static final long NEWEST_OPSET = 26;

  private OnnxFile() {}

  /**
   * Reads a network. Weights are looked at when they are asked for; until then they stay as the
   * bytes of the file.
   *
   * @throws InputProblem if the file is damaged, or holds what cannot be imported
   */
  public static OnnxNetwork read(Path file, ImportOptions options) {
    ModelProto model = parse(file);
    long opset = opset(file, model);
    if (!model.hasGraph()) {
      throw new InputProblem(file + ": holds no graph, so it is no ONNX model");
    }
    return new GraphImport(file, opset, options).network(Functions.inlined(file, opset, model));
  }

  private static ModelProto parse(Path file) {
    byte[] bytes;
    try {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 8) {
        throw new InputProblem(file + ": has " + size + " bytes, allowed: up to 2 GB");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      // Tensors stay where they were read: a second copy of all weights is not needed.
      input.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(input);
      input.checkLastTagWas(0);
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new InputProblem(
          file + ": is damaged or not an ONNX file: " + Node.cut(e.getMessage()), e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static long opset(Path file, ModelProto model) {
    for (OperatorSetIdProto each : model.getOpsetImportList()) {
      if (each.getDomain().isEmpty() || each.getDomain().equals("ai.onnx")) {
        long version = each.getVersion();
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
          throw new InputProblem(
              file
                  + ": is written for operator set "
                  + version
                  + ", allowed: "
                  + OLDEST_OPSET
                  + " to "
                  + NEWEST_OPSET);
        }
        return version;
      }
    }
    throw new InputProblem(file + ": names no operator set, so it is no ONNX model");
  }
}
