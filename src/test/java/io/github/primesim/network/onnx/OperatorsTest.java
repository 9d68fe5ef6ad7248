package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.ModelBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Affine;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small models of each operator, against ONNX Runtime. */
class OperatorsTest {
  private static final long SEED = 7;

  @TempDir Path folder;

  /** Models of one input x and one output y, by what they try. */
  private static Map<String, ModelBuilder> models() {
    Map<String, ModelBuilder> models = new LinkedHashMap<>();
    models.put(
        "convolution",
        image(13)
            .weights("w", 4, 3, 3, 2)
            .weights("b", 4)
            .node("Conv", "x w b", "y", "strides", ints(2, 1), "pads", ints(1, 0, 1, 0)));
    models.put(
        "groups",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4, 6, 6)
            .weights("w", 6, 2, 3, 3)
            .node("Conv", "x w", "y", "group", 2, "auto_pad", "SAME_UPPER"));
    models.put(
        "dilated",
        image(13).weights("w", 4, 3, 3, 3).node("Conv", "x w", "y", "dilations", ints(2, 1)));
    models.put(
        "dilated and padded",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weights("b", 4)
            .node("Conv", "x w b", "y", "dilations", ints(2, 2), "pads", ints(2, 2, 2, 2)));
    models.put(
        "dilated and grouped",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4, 8, 7)
            .weights("w", 6, 2, 3, 2)
            .node(
                "Conv", "x w", "y", "dilations", ints(2, 3), "group", 2, "pads", ints(0, 1, 2, 3)));
    models.put(
        "padded more behind than in front",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .node("Conv", "x w", "y", "strides", ints(2, 2), "pads", ints(0, 1, 2, 0)));
    models.put(
        "zeros around the maps",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .integers("pads", 0, 0, 1, 0, 0, 0, 1, 1)
            .node("Pad", "x pads", "p")
            .node("Conv", "p w", "y", "pads", ints(0, 1, 0, 0)));
    models.put(
        "causal convolution",
        new ModelBuilder(13, SEED)
            .input("x", 1, 3, 11)
            .weights("w", 3, 3, 3)
            .integers("pads", 0, 0, 4, 0, 0, 0)
            .number("zero", 0)
            .node("Pad", "x pads zero", "p", "mode", "constant")
            .node("Conv", "p w", "c", "dilations", ints(2))
            .node("Relu", "c", "y"));
    models.put(
        "padded with a number, and cut",
        image(13)
            .weights("w", 2, 3, 2, 2)
            .integers("pads", 0, 0, 2, -1, 0, 0, -1, 3)
            .number("half", 0.5f)
            .node("Pad", "x pads half", "p")
            .node("Conv", "p w", "y"));
    models.put(
        "padding behind that no window reaches",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .node("Conv", "x w", "y", "strides", ints(2, 2), "pads", ints(1, 0, 0, 0)));
    models.put(
        "one axis",
        new ModelBuilder(13, SEED)
            .input("x", 1, 3, 11)
            .weights("w", 5, 3, 4)
            .node("Conv", "x w", "y", "strides", ints(3)));
    models.put(
        "transposed convolution",
        image(13)
            .weights("w", 3, 5, 2, 3)
            .weights("b", 5)
            .node("ConvTranspose", "x w b", "y", "strides", ints(2, 3)));
    models.put(
        "transposed convolution whose windows overlap",
        image(13)
            .weights("w", 3, 5, 4, 3)
            .weights("b", 5)
            .node(
                "ConvTranspose",
                "x w b",
                "y",
                "kernel_shape",
                ints(4, 3),
                "strides",
                ints(2, 2),
                "pads",
                ints(1, 1, 1, 1),
                "output_padding",
                ints(0, 1)));
    models.put(
        "transposed convolution of groups, each value in two rows that are far apart",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4, 5, 6)
            .weights("w", 4, 3, 2, 3)
            .weights("b", 6)
            .node(
                "ConvTranspose",
                "x w b",
                "y",
                "group",
                2,
                "strides",
                ints(4, 1),
                "dilations",
                ints(3, 2),
                "pads",
                ints(3, 0, 5, 4)));
    models.put(
        "transposed convolution of one axis to twice its length",
        new ModelBuilder(13, SEED)
            .input("x", 1, 3, 11)
            .weights("w", 3, 2, 5)
            .node("ConvTranspose", "x w", "y", "strides", ints(2), "auto_pad", "SAME_UPPER"));
    models.put(
        "transposed convolution to a given shape",
        image(13)
            .weights("w", 3, 2, 3, 2)
            .node(
                "ConvTranspose", "x w", "y", "strides", ints(2, 2), "output_shape", ints(12, 13)));
    models.put(
        "quantised between layers",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .number("s", 0.0123f)
            .number("t", 0.04f)
            .tensor(zeroPoint("u", TensorProto.DataType.UINT8, 128))
            .tensor(zeroPoint("i", TensorProto.DataType.INT8, -5))
            .node("QuantizeLinear", "x s u", "qx")
            .node("DequantizeLinear", "qx s u", "dx")
            .node("QuantizeLinear", "w s i", "qw")
            .node("DequantizeLinear", "qw s i", "dw")
            .node("Conv", "dx dw", "c")
            .node("Relu", "c", "r")
            .node("QuantizeLinear", "r t", "qr")
            .node("DequantizeLinear", "qr t", "y"));
    models.put(
        "weights quantised by channel, values dequantised by channel",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weightsBetween("s", 0.002, 0.005, 4)
            .tensor(zeroPoint("z", TensorProto.DataType.INT8, 0, 3, -2, 1))
            .number("t", 0.03f)
            .tensor(zeroPoint("u", TensorProto.DataType.UINT8, 100))
            .node("QuantizeLinear", "w s z", "qw", "axis", 0)
            .node("DequantizeLinear", "qw s z", "dw", "axis", 0)
            .node("Conv", "x dw", "c")
            .node("QuantizeLinear", "c t u", "q")
            .tensor(zeroPoint("v", TensorProto.DataType.UINT8, 90, 100, 110, 120))
            .node("DequantizeLinear", "q s v", "y", "axis", 1));
    models.put(
        "choice by comparisons",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weights("b", 4, 1, 1)
            .number("fifth", 0.2f)
            .node("Conv", "x w", "c")
            .node("Greater", "c fifth", "above")
            .node("Mul", "c fifth", "low")
            .node("Where", "above c low", "leaky")
            .node("Less", "leaky c", "less")
            .node("Not", "less", "more")
            .node("Where", "more fifth leaky", "chosen")
            .node("GreaterOrEqual", "chosen b", "high")
            .node("LessOrEqual", "b c", "up")
            .node("Where", "high chosen b", "one")
            .node("Where", "up one chosen", "y"));
    models.put(
        "values of a triangle",
        new ModelBuilder(14, SEED)
            .input("x", 1, 6, 8)
            .weights("w", 8, 6)
            .weights("all", 6, 6)
            .number("zero", 0)
            .number("low", -1000)
            .integers("one", 1)
            .node("MatMul", "x w", "m")
            .node("Trilu", "all", "lower", "upper", 0)
            .node("Trilu", "all one", "upper")
            .node("Greater", "lower zero", "mask")
            .node("Where", "mask m low", "masked")
            .node("Add", "masked upper", "y"));
    models.put(
        "padded around",
        image(19)
            .weights("w", 2, 3, 3, 3)
            .integers("pads", 0, 0, 2, 1, 0, 0, 0, 7)
            .node("Pad", "x pads", "p", "mode", "wrap")
            .node("Conv", "p w", "y"));
    models.put(
        "products of constants",
        new ModelBuilder(13, SEED)
            .input("x", 1, 8)
            .weights("a", 5, 8)
            .weights("b", 7, 5)
            .weights("c", 7)
            .weights("w", 7, 4)
            .node("Gemm", "a b c", "ab", "transA", 1, "transB", 1, "alpha", 0.5, "beta", 2.0)
            .node("MatMul", "ab w", "abw")
            .node("MatMul", "x abw", "y"));
    models.put(
        "standardised",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4)
            .weights("w", 4, 5)
            .node(
                "ai.onnx.ml.Scaler",
                "x",
                "s",
                "offset",
                new float[] {1, -2, 0.5f, 0},
                "scale",
                new float[] {2, 0.1f, 3, 1})
            .node("MatMul", "s w", "y"));
    models.put(
        "stretched linearly",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .integers("sizes", 1, 4, 12, 14)
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ _ sizes",
                "y",
                "mode",
                "linear",
                "coordinate_transformation_mode",
                "half_pixel",
                "nearest_mode",
                "floor"));
    models.put(
        "stretched linearly to the corners",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .integers("sizes", 1, 4, 9, 3)
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ _ sizes",
                "y",
                "mode",
                "linear",
                "coordinate_transformation_mode",
                "align_corners",
                "nearest_mode",
                "floor"));
    models.put(
        "shrunk linearly",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .integers("sizes", 1, 4, 4, 10)
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ _ sizes",
                "y",
                "mode",
                "linear",
                "coordinate_transformation_mode",
                "asymmetric",
                "nearest_mode",
                "floor"));
    models.put(
        "nearest values to the corners",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .integers("sizes", 1, 4, 13, 5)
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ _ sizes",
                "y",
                "mode",
                "nearest",
                "coordinate_transformation_mode",
                "align_corners",
                "nearest_mode",
                "round_prefer_ceil"));
    models.put(
        "nearest values of other centres",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .integers("sizes", 1, 4, 9, 4)
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ _ sizes",
                "y",
                "mode",
                "nearest",
                "coordinate_transformation_mode",
                "half_pixel",
                "nearest_mode",
                "round_prefer_floor"));
    models.put(
        "stretched by factors that are no whole numbers",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .tensor(ModelBuilder.floats("factors", new int[] {4}, 1, 1, 2.3f, 0.6f))
            .node("Conv", "x w", "c")
            .node("Resize", "c _ factors", "y", "mode", "linear"));
    models.put(
        "shrunk by a factor whose float is a little less",
        new ModelBuilder(13, SEED)
            .input("x", 1, 2, 10, 10)
            .weights("w", 4, 2, 1, 1)
            .tensor(ModelBuilder.floats("factors", new int[] {4}, 1, 1, 0.7f, 1.3f))
            .node("Conv", "x w", "c")
            .node("Resize", "c _ factors", "y", "mode", "linear"));
    models.put(
        "stretched about the middle",
        image(19)
            .weights("w", 4, 3, 1, 1)
            .tensor(ModelBuilder.floats("factors", new int[] {4}, 1, 1, 2.3f, 0.6f))
            .node("Conv", "x w", "c")
            .node(
                "Resize",
                "c _ factors",
                "y",
                "mode",
                "linear",
                "coordinate_transformation_mode",
                "half_pixel_symmetric"));
    models.put(
        "stretched as in old operator sets",
        image(7)
            .weights("w", 4, 3, 1, 1)
            .node("Conv", "x w", "c")
            .node("Upsample", "c", "y", "scales", new float[] {1, 1, 2, 3}));
    models.put(
        "logarithm of a softmax of values far apart",
        new ModelBuilder(13, SEED)
            .input("x", 1, 8)
            .weightsBetween("w", -90, 90, 8, 5)
            .node("MatMul", "x w", "m")
            .node("LogSoftmax", "m", "y", "axis", 1));
    models.put(
        "softplus of values beyond what has an exponential",
        new ModelBuilder(13, SEED)
            .input("x", 1, 8)
            .weightsBetween("w", -900, 900, 8, 5)
            .node("MatMul", "x w", "m")
            .node("Softplus", "m", "y"));
    models.put(
        "normalised",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weights("scale", 4)
            .weights("shift", 4)
            .weights("mean", 4)
            .weightsBetween("variance", 0.5, 2, 4)
            .node("Conv", "x w", "c", "pads", ints(1, 1, 1, 1))
            .node("BatchNormalization", "c scale shift mean variance", "n", "epsilon", 0.01)
            .node("Relu", "n", "y"));
    models.put(
        "normalised, read twice",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weights("scale", 4)
            .weights("shift", 4)
            .weights("mean", 4)
            .weightsBetween("variance", 0.5, 2, 4)
            .node("Conv", "x w", "c", "pads", ints(1, 1, 1, 1))
            .node("BatchNormalization", "c scale shift mean variance", "n")
            .node("Add", "n c", "y"));
    models.put(
        "flattened",
        image(13)
            .weights("w", 10, 126)
            .weights("b", 10)
            .node("Flatten", "x", "f")
            .node("Gemm", "f w b", "g", "transB", 1, "alpha", 0.5, "beta", 2.0)
            .node("Softmax", "g", "y"));
    models.put(
        "flattened after a transposition",
        image(13)
            .weights("w", 126, 10)
            .node("Transpose", "x", "t", "perm", ints(0, 2, 3, 1))
            .node("Flatten", "t", "f")
            .node("MatMul", "f w", "y"));
    models.put(
        "matrix at each place",
        new ModelBuilder(13, SEED)
            .input("x", 1, 5, 7)
            .weights("w", 7, 4)
            .weights("b", 4)
            .node("MatMul", "x w", "m")
            .node("Add", "b m", "a")
            .node("Tanh", "a", "y"));
    models.put(
        "matrix on the left",
        new ModelBuilder(13, SEED)
            .input("x", 1, 5, 7)
            .weights("w", 4, 5)
            .node("MatMul", "w x", "y"));
    models.put(
        "attention",
        new ModelBuilder(13, SEED)
            .input("x", 1, 6, 8)
            .weights("q", 8, 8)
            .weights("k", 8, 8)
            .integers("heads", 1, 6, 2, 4)
            .node("MatMul", "x q", "xq")
            .node("MatMul", "x k", "xk")
            .node("Reshape", "xq heads", "hq")
            .node("Reshape", "xk heads", "hk")
            .node("Transpose", "hq", "tq", "perm", ints(0, 2, 1, 3))
            .node("Transpose", "hk", "tk", "perm", ints(0, 2, 3, 1))
            .node("MatMul", "tq tk", "scores")
            .node("Softmax", "scores", "s", "axis", -1)
            .node("MatMul", "s tq", "y"));
    models.put(
        "maximum pooling",
        image(13)
            .node(
                "MaxPool",
                "x",
                "p",
                "kernel_shape",
                ints(3, 2),
                "strides",
                ints(2, 2),
                "ceil_mode",
                1)
            .weights("w", 2, 3, 1, 1)
            .node("Conv", "p w", "y"));
    models.put(
        "pooling with a border on one side",
        image(13)
            .node(
                "MaxPool",
                "x",
                "p",
                "kernel_shape",
                ints(3, 3),
                "strides",
                ints(1, 1),
                "auto_pad",
                "SAME_UPPER")
            .node("MaxPool", "p", "q", "kernel_shape", ints(2, 2), "pads", ints(0, 0, 1, 1))
            .weights("w", 2, 3, 1, 1)
            .node("Conv", "q w", "y"));
    models.put(
        "mean pooling",
        image(13)
            .node(
                "AveragePool",
                "x",
                "p",
                "kernel_shape",
                ints(3, 3),
                "pads",
                ints(1, 1, 1, 1),
                "count_include_pad",
                1)
            .node("GlobalAveragePool", "p", "g")
            .weights("w", 2, 3, 1, 1)
            .node("Conv", "g w", "y"));
    models.put(
        "mean pooling that leaves out the padding",
        image(13)
            .node(
                "AveragePool",
                "x",
                "p",
                "kernel_shape",
                ints(3, 2),
                "strides",
                ints(2, 2),
                "pads",
                ints(1, 0, 1, 1))
            .node("AveragePool", "p", "q", "kernel_shape", ints(2, 2), "auto_pad", "SAME_UPPER")
            .node("AveragePool", "q", "r", "kernel_shape", ints(2, 3), "ceil_mode", 1)
            .weights("w", 2, 3, 1, 1)
            .node("Conv", "r w", "y"));
    models.put(
        "mean pooling padded more behind",
        image(13)
            .node(
                "AveragePool",
                "x",
                "p",
                "kernel_shape",
                ints(3, 2),
                "pads",
                ints(0, 0, 2, 1),
                "count_include_pad",
                1)
            .weights("w", 2, 3, 1, 1)
            .node("Conv", "p w", "y"));
    models.put(
        "reductions",
        image(13)
            .weights("w", 3, 2)
            .node("ReduceMean", "x", "m", "axes", ints(3), "keepdims", 0)
            .node("ReduceMax", "m", "r", "axes", ints(-1), "keepdims", 1)
            .integers("axes", 2)
            .node("ReduceSum", "r axes", "s", "keepdims", 0)
            .node("MatMul", "s w", "y"));
    models.put(
        "layer normalisation in small steps",
        new ModelBuilder(13, SEED)
            .input("x", 1, 5, 8)
            .weights("w", 8, 8)
            .weights("gamma", 8)
            .weights("beta", 8)
            .number("two", 2)
            .number("epsilon", 1e-5f)
            .node("MatMul", "x w", "m")
            .node("ReduceMean", "m", "mean", "axes", ints(-1))
            .node("Sub", "m mean", "d")
            .node("Pow", "d two", "squares")
            .node("ReduceMean", "squares", "variance", "axes", ints(-1))
            .node("Add", "variance epsilon", "positive")
            .node("Sqrt", "positive", "deviation")
            .node("Div", "d deviation", "n")
            .node("Mul", "n gamma", "scaled")
            .node("Add", "scaled beta", "y"));
    models.put(
        "layer normalisation",
        new ModelBuilder(17, SEED)
            .input("x", 1, 5, 8)
            .weights("w", 8, 8)
            .weights("gamma", 8)
            .weights("beta", 8)
            .weights("gamma2", 5, 8)
            .node("MatMul", "x w", "m")
            .node("LayerNormalization", "m gamma beta", "n", "epsilon", 1e-3)
            .node("Relu", "n", "r")
            .node("LayerNormalization", "r gamma2", "y", "axis", 1));
    models.put(
        "normalisation of each map",
        image(13)
            .weights("w", 4, 3, 3, 3)
            .weights("scale", 4)
            .weights("shift", 4)
            .node("Conv", "x w", "c")
            .node("InstanceNormalization", "c scale shift", "n")
            .node("MeanVarianceNormalization", "n", "y"));
    models.put(
        "normalisation of groups of maps",
        image(21)
            .weights("w", 4, 3, 3, 3)
            .weights("scale", 4)
            .weights("shift", 4)
            .node("Conv", "x w", "c")
            .node("GroupNormalization", "c scale shift", "y", "num_groups", 2, "epsilon", 1e-3));
    models.put(
        "normalisation across neighbouring maps",
        image(13)
            .weights("w", 6, 3, 2, 2)
            .node("Conv", "x w", "c")
            .node("LRN", "c", "l", "size", 3, "alpha", 0.5, "beta", 0.6, "bias", 1.5)
            .node("LRN", "l", "y", "size", 5, "alpha", 0.3));
    models.put(
        "norms",
        image(13)
            .weights("w", 4, 3, 2, 2)
            .node("Conv", "x w", "c")
            .node("LpNormalization", "c", "n", "axis", 1)
            .node("LpNormalization", "n", "o", "axis", 3, "p", 1)
            .node("ReduceL2", "o", "p", "axes", ints(2), "keepdims", 0)
            .node("ReduceL1", "p", "q", "axes", ints(2))
            .node("ReduceMin", "p", "r", "axes", ints(2))
            .node("ReduceSumSquare", "p", "s", "axes", ints(2))
            .node("Concat", "q r s", "y", "axis", 2));
    models.put(
        "norm of constants",
        image(13)
            .weights("v", 4, 3, 2, 2)
            .node("LpNormalization", "v", "w", "axis", 1)
            .node("Conv", "x w", "y"));
    models.put(
        "further functions",
        image(20)
            .weights("w", 3, 3, 1, 1)
            .node("Conv", "x w", "c")
            .node("Gelu", "c", "g")
            .node("Gelu", "c", "h", "approximate", "tanh")
            .node("Mish", "c", "i")
            .node("Selu", "c", "j")
            .node("Celu", "c", "k", "alpha", 0.7)
            .node("Softsign", "c", "l")
            .node("ThresholdedRelu", "c", "m", "alpha", 0.2)
            .node("Concat", "g h i j k l m", "y", "axis", 1));
    models.put(
        "squeeze and excitation",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .node("GlobalAveragePool", "x", "g")
            .node("Conv", "g w", "c")
            .node("HardSigmoid", "c", "h", "alpha", 0.2, "beta", 0.5)
            .node("Mul", "x h", "y"));
    models.put(
        "swish with a constant of a node",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .node("Constant", "", "three", "value", ModelBuilder.floats("", new int[0], 3))
            .number("zero", 0)
            .number("six", 6)
            .node("Conv", "x w", "c")
            .node("Add", "c three", "a")
            .node("Clip", "a zero six", "k")
            .node("Mul", "c k", "m")
            .node("Div", "m six", "y"));
    models.put(
        "slices joined",
        image(13)
            .weights("w", 2, 6, 1, 1)
            .integers("starts", 1, -1)
            .integers("ends", 100, -100)
            .integers("axes", 2, 3)
            .integers("steps", 2, -1)
            .node("Split", "x", "a b c", "axis", 1)
            .node("Concat", "c x a b", "j", "axis", 1)
            .node("Slice", "j starts ends axes steps", "s")
            .node("Conv", "s w", "y"));
    models.put(
        "gathered",
        image(13)
            .weights("w", 2, 4, 1, 1)
            .integers("places", 2, 0, 1, 1)
            .node("Gather", "x places", "g", "axis", 1)
            .node("Conv", "g w", "y"));
    models.put(
        "shape computed from the input",
        image(13)
            .weights("w", 42, 4)
            .integers("zero", 0)
            .integers("first", 0)
            .integers("three", 3)
            .integers("rest", -1)
            .node("Shape", "x", "s")
            .node("Gather", "s first", "n")
            .node("Concat", "n three rest", "target", "axis", 0)
            .node("Reshape", "x target", "r")
            .node("Cast", "r", "f", "to", 1)
            .node("MatMul", "f w", "y"));
    models.put(
        "reflected",
        new ModelBuilder(13, SEED)
            .input("x", 1, 1, 9)
            .weights("w", 2, 1, 3)
            .integers("pads", 0, 0, 3, 0, 0, 2)
            .node("Pad", "x pads", "p", "mode", "reflect")
            .node("Conv", "p w", "y"));
    models.put(
        "stretched",
        image(13)
            .weights("w", 2, 3, 2, 2)
            .tensor(ModelBuilder.floats("scales", new int[] {4}, 1, 1, 2, 3))
            .node(
                "Resize",
                "x _ scales",
                "r",
                "mode",
                "nearest",
                "coordinate_transformation_mode",
                "asymmetric",
                "nearest_mode",
                "floor")
            .node("Conv", "r w", "y"));
    models.put(
        "functions",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .weights("slopes", 3, 1, 1)
            .node("Conv", "x w", "c")
            .node("LeakyRelu", "c", "l", "alpha", 0.3)
            .node("Elu", "l", "e", "alpha", 0.7)
            .node("PRelu", "e slopes", "p")
            .node("Sigmoid", "p", "s")
            .node("Log", "s", "g")
            .node("Neg", "g", "n")
            .node("Exp", "n", "x2")
            .node("Erf", "x2", "r")
            .node("Softplus", "r", "y"));
    models.put(
        "larger of two layers",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .node("Conv", "x w", "c")
            .node("Max", "c x", "m")
            .node("Min", "m c x", "y"));
    models.put(
        "bounds that layers give, and bounds at each place",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .number("distance", -1)
            .weights("row", 7)
            .node("Conv", "x w", "c")
            .node("ReduceMax", "c", "largest", "keepdims", 0)
            .node("Add", "largest distance", "floor")
            .node("Clip", "c floor", "k")
            .node("Clip", "k floor largest", "l")
            .number("infinity", Float.POSITIVE_INFINITY)
            .node("Clip", "l floor infinity", "m")
            .node("Max", "m row", "y"));
    models.put(
        "constants joined with what layers give",
        image(13)
            .weights("w", 4, 3, 1, 1)
            .weights("token", 1, 2, 6, 7)
            .tensor(ModelBuilder.floats("twos", new int[] {1, 1, 6, 7}, filled(42, 2)))
            .node("Conv", "x w", "c")
            .node("Relu", "c", "r")
            .node("Concat", "token r twos", "y", "axis", 1));
    models.put(
        "constants at each place",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .weights("position", 1, 3, 6, 7)
            .weights("row", 6, 1)
            .node("Conv", "x w", "c")
            .node("Add", "c position", "a")
            .node("Sub", "row a", "y"));
    models.put(
        "softmax over channels, as it was",
        image(11)
            .weights("w", 3, 3, 1, 1)
            .node("Conv", "x w", "c")
            .node("Softmax", "c", "y", "axis", 1));
    models.put(
        "branch",
        image(13)
            .weights("w", 3, 3, 1, 1)
            .integers("rank", 4)
            .node("Shape", "x", "s")
            .node("Shape", "s", "r")
            .node("Equal", "r rank", "four")
            .integers("axes", 0)
            .node("Squeeze", "four axes", "condition")
            .node("Conv", "x w", "c")
            .node(
                "If",
                "condition",
                "y",
                "then_branch",
                new ModelBuilder(13, SEED).node("Relu", "c", "t").output("t").graph(),
                "else_branch",
                new ModelBuilder(13, SEED).node("Tanh", "c", "e").output("e").graph()));
    models.put(
        "transposed convolution, normalised and rectified",
        image(13)
            .weights("w", 3, 4, 4, 4)
            .weights("b", 4)
            .weightsBetween("g", 0.5, 1.5, 4)
            .weights("h", 4)
            .weights("m", 4)
            .weightsBetween("v", 0.5, 1.5, 4)
            .number("half", 0.5f)
            .node("ConvTranspose", "x w b", "t", "strides", ints(2, 2), "pads", ints(1, 1, 1, 1))
            .node("BatchNormalization", "t g h m v", "n")
            .node("Mul", "n half", "s")
            .node("Relu", "s", "y"));
    models.put(
        "transposed convolution to one map, normalised, cut and read twice",
        image(13)
            .weights("w", 3, 1, 3, 3)
            .weightsBetween("g", 0.5, 1.5, 1)
            .weights("h", 1)
            .weights("m", 1)
            .weightsBetween("v", 0.5, 1.5, 1)
            .integers("from", 1)
            .integers("to", 7)
            .integers("axis", 2)
            .node("ConvTranspose", "x w", "t", "strides", ints(2, 2), "pads", ints(1, 1, 0, 0))
            .node("BatchNormalization", "t g h m v", "n")
            .node("Slice", "n from to axis", "c")
            .node("Tanh", "c", "k")
            .node("ReduceMax", "n", "l", "axes", ints(2, 3))
            .node("Add", "k l", "y"));
    models.put(
        "constants along another axis than the channels of a transposed convolution",
        new ModelBuilder(13, SEED)
            .input("x", 1, 3, 4, 2)
            .weights("w", 3, 4, 2, 2)
            .weights("columns", 4)
            .node("ConvTranspose", "x w", "t", "strides", ints(2, 2))
            .node("Mul", "t columns", "m")
            .node("Relu", "m", "y"));
    for (String function : List.of("Sin", "Cos", "Floor", "Ceil", "Round", "Sign")) {
      models.put(
          function,
          image(13)
              .weightsBetween("w", -2, 2, 4, 3, 1, 1)
              .node("Conv", "x w", "c")
              .node(function, "c", "y"));
    }
    for (String equation :
        List.of(
            "bsd,dhe->bhse",
            "bsd,d->bsd",
            "bsd,d->bs",
            "b s d, d e",
            "bsd,eg->bse",
            "bsd,e->sdbe")) {
      String axes = equation.replace(" ", "").replaceAll(".*,|->.*", "");
      int[] extents = axes.chars().map(axis -> "bsdhe*g".indexOf(axis) + 1).toArray();
      models.put(
          "sum " + equation,
          new ModelBuilder(13, SEED)
              .input("x", 1, 2, 3)
              .weights("v", 3, 3)
              .weights("w", extents)
              .node("MatMul", "x v", "m")
              .node("Einsum", "m w", "y", "equation", equation));
    }
    models.put(
        "sums of one layer and of two",
        new ModelBuilder(13, SEED)
            .input("x", 2, 4, 3)
            .weights("v", 3, 3)
            .node("MatMul", "x v", "m")
            .node("Einsum", "m", "t", "equation", "hjd->dhj")
            .node("Einsum", "x t", "a", "equation", "hid,dhj->hij")
            .node("Einsum", "v m", "b", "equation", "de,hie->hid")
            .node("Einsum", "a b", "y", "equation", "hij,hjd->ihd"));
    models.put("attention to what came before", attention("sum"));
    models.put("attention to what came before, chosen", attention("choice"));
    models.put("attention to what came before, moved", attention("moved"));
    models.put(
        "what does not count far above what does",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4)
            .weights("w", 4, 3)
            .tensor(ModelBuilder.floats("below", new int[] {3}, -200, -201, 0))
            .tensor(ModelBuilder.floats("mask", new int[] {3}, 0, 0, Float.NEGATIVE_INFINITY))
            .node("MatMul", "x w", "m")
            .node("Add", "m below", "b")
            .node("Add", "b mask", "s")
            .node("Softmax", "s", "y", "axis", 1));
    models.put(
        "places of constants",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4)
            .weights("table", 3, 2, 4)
            .tensor(rows("rows", 3, 2, 0, 1, 2, -1, 1, 0))
            .node("GatherND", "table rows", "g")
            .node("Transpose", "g", "w")
            .node("MatMul", "x w", "m")
            .weights("b", 2, 3)
            .weights("other", 1, 3)
            .tensor(rows("place", 1, 1, 1))
            .node("ScatterND", "b place other", "c")
            .tensor(rows("each", 2, 1, 2, 0))
            .node("GatherND", "c each", "f", "batch_dims", 1)
            .node("ReduceSum", "f", "s", "keepdims", 0)
            .node("Add", "m c", "a")
            .node("Add", "a s", "y"));
    models.put(
        "scores of scikit-learn in relation to each other",
        new ModelBuilder(13, SEED)
            .input("x", 1, 4)
            .weights("w", 4, 3)
            .number("zero", 0)
            .node("MatMul", "x w", "m")
            .node("ai.onnx.ml.Normalizer", "m", "a", "norm", "L1")
            .node("ai.onnx.ml.Normalizer", "a", "b", "norm", "L2")
            .node("Abs", "b", "c")
            .node("ai.onnx.ml.Normalizer", "c", "d", "norm", "MAX")
            .node("Mul", "m zero", "z")
            .node("ai.onnx.ml.Normalizer", "z", "e", "norm", "L1")
            .node("Add", "d e", "y"));
    models.put(
        "8-bit weights with a scale",
        image(13)
            .tensor(quantised())
            .tensor(ModelBuilder.floats("scale", new int[] {2}, 0.01f, 0.02f))
            .node("DequantizeLinear", "q scale _", "w", "axis", 0)
            .node("Conv", "x w", "y"));
    return models;
  }

  /** Attention of one head over five places, each of which sees itself and those before it. */
  private static ModelBuilder attention(String mask) {
    float[] before = new float[25];
    for (int i = 0; i < 25; i++) {
      before[i] = i % 5 > i / 5 ? Float.NEGATIVE_INFINITY : 0.1f * i;
    }
    ModelBuilder model =
        new ModelBuilder(13, SEED)
            .input("x", 1, 5, 4)
            .weightsBetween("q", -9, 9, 4, 4)
            .weightsBetween("k", -9, 9, 4, 4)
            .weights("v", 4, 4)
            .number("lowest", Float.NEGATIVE_INFINITY)
            .number("none", 0)
            .tensor(ModelBuilder.floats("mask", new int[] {5, 5}, before))
            .node("MatMul", "x q", "xq")
            .node("MatMul", "x k", "xk")
            .node("MatMul", "x v", "xv")
            .node("Transpose", "xk", "kt", "perm", ints(0, 2, 1))
            .node("MatMul", "xq kt", "s");
    switch (mask) {
      case "sum" -> model.node("Add", "mask s", "m");
      case "choice" ->
          model.node("Less", "mask none", "later").node("Where", "later lowest s", "m");
      default ->
          model
              .integers("shape", 5, 5)
              .node("Transpose", "s", "st", "perm", ints(0, 2, 1))
              .node("Transpose", "mask", "maskt")
              .node("Add", "st maskt", "mt")
              .node("Identity", "mt", "mi")
              .node("Reshape", "mi shape", "mr")
              .node("Transpose", "mr", "m", "perm", ints(1, 0));
    }
    return model.node("Softmax", "m", "p", "axis", -1).node("MatMul", "p xv", "y");
  }

  private static TensorProto rows(String name, int count, int each, long... places) {
    return ModelBuilder.integerTensor(name, places).toBuilder()
        .clearDims()
        .addDims(count)
        .addDims(each)
        .build();
  }

  private static TensorProto quantised() {
    return TensorProto.newBuilder()
        .setName("q")
        .setDataType(TensorProto.DataType.INT8_VALUE)
        .addAllDims(List.of(2L, 3L, 1L, 1L))
        .addAllInt32Data(List.of(-128, 3, 127, 40, 0, -1))
        .build();
  }

  private static TensorProto zeroPoint(String name, TensorProto.DataType type, int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    if (values.length > 1) {
      tensor.addDims(values.length);
    }
    Arrays.stream(values).forEach(tensor::addInt32Data);
    return tensor.build();
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  private static ModelBuilder image(long opset) {
    return ModelBuilder.image(opset, SEED);
  }

  static Stream<String> names() {
    return models().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void computesWhatTheReferenceComputes(String name) throws IOException {
    Path file = models().get(name).output("y").write(folder, name);

    OnnxNetwork read = Reference.agrees(file, ImportOptions.NONE, SEED, 2e-6);

    assertThat(read.left()).isEmpty();
  }

  /** Of an operator that is not in the table, misspelt attributes would be passed over. */
  @ParameterizedTest
  @MethodSource("names")
  void attributesOfTheOperatorsAreKnown(String name) {
    assertThat(models().get(name).graph().getNodeList())
        .allMatch(node -> Attributes.known(Node.operator(node)));
  }

  @Test
  void normalisationsAndActivationsAreFoldedIntoTheWeights() throws IOException {
    Network network = network("normalised");

    assertThat(network.layers()).hasSize(1);
    Convolution only = (Convolution) network.output();
    assertThat(only.bias()).isTrue();
    assertThat(only.activation()).isEqualTo(Activation.RELU);
  }

  @Test
  void aTransposedConvolutionComputesWhatFollowsIt() throws IOException {
    assertThat(kinds(network("transposed convolution, normalised and rectified")))
        .containsExactly("Convolution", "View", "View");
  }

  @Test
  void whatIsQuantisedAndDequantisedIsOneTable() throws IOException {
    Network network = network("quantised between layers");

    assertThat(kinds(network)).containsExactly("Lookup", "Convolution", "Lookup");
    assertThat(((Lookup) network.output()).function().steps()).hasSize(3);
  }

  /** A newer operator set than the reference reads. */
  @Test
  void swishIsAProductWithASigmoid() throws IOException {
    float[] input = {0.5f, -2, 3};
    float[] found = run(new ModelBuilder(24, SEED).node("Swish", "m", "y", "alpha", 1.5), input);
    ModelBuilder inSteps =
        new ModelBuilder(13, SEED)
            .number("alpha", 1.5f)
            .node("Mul", "m alpha", "s")
            .node("Sigmoid", "s", "g")
            .node("Mul", "m g", "y");

    assertThat(found).containsExactly(run(inSteps, input));
  }

  private float[] run(ModelBuilder steps, float... input) throws IOException {
    ModelBuilder model =
        steps.input("x", 1, 3).weights("w", 3, 4).first("MatMul", "x w", "m").output("y");
    OnnxNetwork read = OnnxFile.read(model.write(folder, "run"), ImportOptions.NONE);
    return new FloatInference(read.network(), read.weights()).run(input);
  }

  @Test
  void whatIsReadTwiceIsNotFolded() throws IOException {
    assertThat(kinds(network("normalised, read twice")))
        .containsExactly("Convolution", "Affine", "Addition");
  }

  @Test
  void functionsOfOneValueBecomeOneTable() throws IOException {
    Network network = network("swish with a constant of a node");

    assertThat(network.layers().stream().filter(layer -> layer instanceof Lookup)).hasSize(2);
    Lookup table = (Lookup) network.layers().get(1);
    assertThat(table.function().steps()).hasSize(2);
  }

  @Test
  void aMatrixForOneVectorIsFullyConnectedAndKeepsTheShapeItReads() throws IOException {
    Network network = network("flattened");

    assertThat(kinds(network)).containsExactly("FullyConnected", "Softmax");
    FullyConnected layer = (FullyConnected) network.layers().get(0);
    assertThat(layer.inputs()).containsExactly(Network.INPUT);
    assertThat(network.rows(layer)).isEqualTo(127);
  }

  @Test
  void constantsOfAnAxisAreOneLayer() throws IOException {
    Network network = network("layer normalisation in small steps");

    List<Layer> affine =
        network.layers().stream().filter(layer -> layer instanceof Affine).toList();
    assertThat(affine).hasSize(1);
    assertThat(((Affine) affine.get(0)).factors()).hasSize(8);
  }

  @Test
  void zerosAroundTheMapsArePaddingWhereTheyAreTheSameOnBothSides() throws IOException {
    Network network = network("zeros around the maps");

    assertThat(kinds(network)).containsExactly("Convolution");
    Convolution layer = (Convolution) network.output();
    assertThat(List.of(layer.paddingHeight(), layer.paddingWidth())).containsExactly(1, 1);
  }

  @Test
  void zerosOfAPaddingDoNotMakeItsInputSigned() throws IOException {
    Path file =
        image(13)
            .weights("w", 3, 3, 3, 3)
            .weights("v", 3, 3, 2, 2)
            .node("Conv", "x w", "c")
            .node("Relu", "c", "r")
            .node("Conv", "r v", "y", "pads", ints(0, 0, 1, 1))
            .output("y")
            .write(folder, "unsigned");

    Network network = Reference.agrees(file, ImportOptions.NONE, SEED, 2e-6).network();

    assertThat(network.signedInput(network.output())).isFalse();
  }

  private Network network(String name) throws IOException {
    Path file = models().get(name).output("y").write(folder, name);
    return OnnxFile.read(file, ImportOptions.NONE).network();
  }

  private static List<String> kinds(Network network) {
    return network.layers().stream().map(layer -> layer.getClass().getSimpleName()).toList();
  }
}
