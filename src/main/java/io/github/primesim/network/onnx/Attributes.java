package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which attributes each operator has: a misspelt one would otherwise be passed over, and its
 * default taken.
 *
 * <p>Source: ONNX's operator schemas since operator set 7. What older ones had and is without
 * influence since then stands here too, since exporters went on writing it.
 */
final class Attributes {
  /** Of inputs that are overwritten, in operator set 1: says nothing about what is computed. */
  private static final String CONSUMED = "consumed_inputs";

  private static final String TABLE =
      """
      ArgMax axis keepdims select_last_index
      AveragePool auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides
      BatchNormalization epsilon is_test momentum spatial training_mode
      Cast round_mode saturate to
      CastLike round_mode saturate
      Celu alpha
      Clip max min
      Concat axis
      Constant sparse_value value value_float value_floats value_int value_ints value_string value_strings
      ConstantOfShape value
      Conv auto_pad dilations group kernel_shape pads strides
      ConvInteger auto_pad dilations group kernel_shape pads strides
      ConvTranspose auto_pad dilations group kernel_shape output_padding output_shape pads strides
      DepthToSpace blocksize mode
      DequantizeLinear axis block_size output_dtype
      Dropout is_test ratio seed
      Einsum equation
      Elu alpha
      Flatten axis
      GRU activation_alpha activation_beta activations clip direction hidden_size layout linear_before_reset output_sequence
      Gather axis
      GatherND batch_dims
      Gelu approximate
      Gemm alpha beta broadcast transA transB
      GroupNormalization epsilon num_groups stash_type
      HardSigmoid alpha beta
      If else_branch then_branch
      InstanceNormalization epsilon
      LRN alpha beta bias size
      LSTM activation_alpha activation_beta activations clip direction hidden_size input_forget layout output_sequence
      LayerNormalization axis epsilon stash_type
      LeakyRelu alpha
      LogSoftmax axis
      LpNormalization axis p
      MaxPool auto_pad ceil_mode dilations kernel_shape pads storage_order strides
      MeanVarianceNormalization axes
      Mod fmod
      Pad mode pads value
      QLinearConv auto_pad dilations group kernel_shape pads strides
      QuantizeLinear axis block_size output_dtype precision saturate
      RMSNormalization axis epsilon stash_type
      RNN activation_alpha activation_beta activations clip direction hidden_size layout output_sequence
      ReduceL1 axes keepdims noop_with_empty_axes
      ReduceL2 axes keepdims noop_with_empty_axes
      ReduceMax axes keepdims noop_with_empty_axes
      ReduceMean axes keepdims noop_with_empty_axes
      ReduceMin axes keepdims noop_with_empty_axes
      ReduceProd axes keepdims noop_with_empty_axes
      ReduceSum axes keepdims noop_with_empty_axes
      ReduceSumSquare axes keepdims noop_with_empty_axes
      Reshape allowzero shape
      Resize antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value keep_aspect_ratio_policy mode nearest_mode
      ScatterND reduction
      Selu alpha gamma
      Shape end start
      Slice axes ends starts
      Softmax axis
      SpaceToDepth blocksize
      Split axis num_outputs split
      Squeeze axes
      ThresholdedRelu alpha
      Transpose perm
      Swish alpha
      TopK axis k largest sorted
      Trilu upper
      Unsqueeze axes
      ai.onnx.ml.Normalizer norm
      ai.onnx.ml.Scaler offset scale
      com.microsoft.QGemm alpha transA transB
      com.microsoft.QLinearAveragePool auto_pad ceil_mode channels_last count_include_pad kernel_shape pads strides
      com.microsoft.QLinearConcat axis
      com.microsoft.QLinearGlobalAveragePool channels_last
      com.microsoft.QLinearLeakyRelu alpha
      com.microsoft.QLinearSoftmax axis opset
      Upsample mode scales
      Abs
      Add
      And
      Ceil
      Cos
      Div
      DynamicQuantizeLinear
      Equal
      Erf
      Exp
      Expand
      Floor
      GlobalAveragePool
      GlobalMaxPool
      Greater
      GreaterOrEqual
      HardSwish
      Identity
      Less
      LessOrEqual
      Log
      MatMul
      MatMulInteger
      Max
      Min
      Mish
      Mul
      Neg
      NonZero
      Not
      Or
      PRelu
      Pow
      QLinearMatMul
      Range
      Reciprocal
      Relu
      Round
      Sigmoid
      Sign
      Sin
      Size
      Softplus
      Softsign
      Sqrt
      Sub
      Sum
      Tanh
      Tile
      Where
      Xor
      com.microsoft.QLinearAdd
      com.microsoft.QLinearMul
      com.microsoft.QLinearSigmoid
      """;

  private static final Map<String, List<String>> ALLOWED = table();

  private Attributes() {}

  private static Map<String, List<String>> table() {
    Map<String, List<String>> table = new LinkedHashMap<>();
    TABLE
        .lines()
        .map(line -> List.of(line.split(" ", -1)))
        .forEach(words -> table.put(words.get(0), words.subList(1, words.size())));
    return table;
  }

  /** Whether the attributes of an operator are known. */
  static boolean known(String operator) {
    return ALLOWED.containsKey(operator);
  }

  /** Refuses attributes that the operator of a node does not have. */
  static void check(Node node) {
    List<String> allowed = ALLOWED.get(node.operator());
    if (allowed == null) {
      return; // Not supported, which is said elsewhere.
    }
    for (AttributeProto attribute : node.proto().getAttributeList()) {
      String name = attribute.getName();
      if (!allowed.contains(name) && !name.equals(CONSUMED)) {
        throw new RefusedNodeException(
            "it has the attribute '"
                + Node.cut(name)
                + "', allowed: "
                + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
      }
    }
  }
}
