package io.github.primesim.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.commons.math3.special.Erf;

/**
 * A function of one value as a chain of simple steps, such as {@code add 3}, {@code clip 0 6},
 * {@code multiply 0.16666667}.
 *
 * @param steps applied in order, at least one
 */
public record ScalarFunction(List<Step> steps) {
  /** A number as {@link Step#text} writes it, or a person does; not all that Java takes for one. */
  private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";

  /** Clipping may be open on one side. */
  private static final String BOUND = "(" + NUMBER + "|[+-]?Infinity)";

  /** What a step does with a value x and its constants a and b. */
  public enum Kind {
    /** x + a. */
    ADD(1),
    /** x * a. */
    MULTIPLY(1),
    /** x to the power of a. */
    POWER(1),
    /** The larger of x and a. */
    MAXIMUM(1),
    /** The smaller of x and a. */
    MINIMUM(1),
    /** x, but at least a and at most b. */
    CLIP(2),
    /** x where it is positive, a * x otherwise. */
    LEAKY(1),
    /** x where it is positive, a * (exp(x) - 1) otherwise. */
    ELU(1),
    RELU(0),
    SIGMOID(0),
    TANH(0),
    EXP(0),
    LOG(0),
    SQRT(0),
    ABS(0),
    /** 1 / x. */
    RECIPROCAL(0),
    /** The error function. */
    ERF(0),
    /** log(1 + exp(x)). */
    SOFTPLUS(0),
    /** x / (1 + |x|). */
    SOFTSIGN(0),
    /** x times the tanh of log(1 + exp(x)). */
    MISH(0),
    /** x times the distribution function of the standard normal. */
    GELU(0),
    /** The same with a tanh in place of the error function. */
    GELU_TANH(0),
    /** x where it is above a, 0 otherwise. */
    THRESHOLD(1),
    /** 1 where x is above a, 0 otherwise. */
    STEP(1),
    /** x / a as the nearest integer, the even one of two. */
    ROUND(1),
    /** The integer at or below x. */
    FLOOR(0),
    /** The integer at or above x. */
    CEIL(0),
    /** 1 where x is positive, -1 where it is negative, 0 otherwise. */
    SIGN(0),
    SIN(0),
    COS(0);

    private final int constants;

    Kind(int constants) {
      this.constants = constants;
    }

    /** Constants of the step, 0 to 2. */
    public int constants() {
      return constants;
    }
  }

  /**
   * A step.
   *
   * @param constants as many as its kind has
   */
  public record Step(Kind kind, List<Float> constants) {
    public Step {
      constants = List.copyOf(constants);
      if (constants.size() != kind.constants()) {
        throw new IllegalArgumentException(
            name(kind) + " has " + constants.size() + " constants, needs " + kind.constants());
      }
      for (float constant : constants) {
        if (Float.isNaN(constant) || (Float.isInfinite(constant) && kind != Kind.CLIP)) {
          throw new IllegalArgumentException(name(kind) + " " + constant + ", must be finite");
        }
      }
      if (kind == Kind.ROUND && constants.get(0) == 0) {
        throw new IllegalArgumentException("round 0, must not be 0");
      }
      if (kind == Kind.CLIP && constants.get(0) > constants.get(1)) {
        throw new IllegalArgumentException("clip: the lower bound exceeds the upper one");
      }
    }

    public static Step of(Kind kind, double... constants) {
      List<Float> values = new ArrayList<>();
      for (double constant : constants) {
        values.add((float) constant);
      }
      return new Step(kind, values);
    }

    float apply(float x) {
      return switch (kind) {
        case ADD -> x + constants.get(0);
        case MULTIPLY -> x * constants.get(0);
        case POWER -> (float) Math.pow(x, constants.get(0));
        case MAXIMUM -> Math.max(x, constants.get(0));
        case MINIMUM -> Math.min(x, constants.get(0));
        case CLIP -> Math.min(Math.max(x, constants.get(0)), constants.get(1));
        case LEAKY -> x > 0 ? x : constants.get(0) * x;
        case ELU -> x > 0 ? x : (float) (constants.get(0) * Math.expm1(x));
        case RELU -> Math.max(x, 0);
        case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
        case TANH -> (float) Math.tanh(x);
        case EXP -> (float) Math.exp(x);
        case LOG -> (float) Math.log(x);
        case SQRT -> (float) Math.sqrt(x);
        case ABS -> Math.abs(x);
        case RECIPROCAL -> 1 / x;
        case ERF -> (float) erf(x);
        case SOFTPLUS -> (float) softplus(x);
        case SOFTSIGN -> x / (1 + Math.abs(x));
        case MISH -> (float) (x * Math.tanh(softplus(x)));
        case GELU -> (float) (0.5 * x * (1 + erf(x / Math.sqrt(2))));
        case GELU_TANH -> (float) (0.5 * x * (1 + Math.tanh(tanhArgument(x))));
        case THRESHOLD -> x > constants.get(0) ? x : 0;
        case STEP -> x > constants.get(0) ? 1 : 0;
        case ROUND -> (float) Math.rint(x / constants.get(0));
        case FLOOR -> (float) Math.floor(x);
        case CEIL -> (float) Math.ceil(x);
        case SIGN -> Math.signum(x);
        case SIN -> (float) Math.sin(x);
        case COS -> (float) Math.cos(x);
      };
    }

    /** Whether the step can give a negative value. */
    private boolean signed(boolean signedInput) {
      return switch (kind) {
        case ADD -> signedInput || constants.get(0) < 0;
        case MULTIPLY, LEAKY, ROUND -> signedInput || constants.get(0) < 0;
        case POWER -> signedInput && constants.get(0) % 2 != 0;
        case MAXIMUM -> signedInput && constants.get(0) < 0;
        case MINIMUM -> signedInput || constants.get(0) < 0;
        case CLIP -> constants.get(1) < 0 || (signedInput && constants.get(0) < 0);
        case RELU, SIGMOID, EXP, SQRT, ABS, SOFTPLUS, STEP -> false;
        case LOG, SIN, COS -> true;
        case FLOOR, CEIL, SIGN -> signedInput;
        case ELU, TANH, RECIPROCAL, ERF, SOFTSIGN, MISH, GELU, GELU_TANH -> signedInput;
        case THRESHOLD -> signedInput && constants.get(0) < 0;
      };
    }

    /** The step as it is written. */
    public String text() {
      StringBuilder text = new StringBuilder(name(kind));
      constants.forEach(constant -> text.append(' ').append(constant));
      return text.toString();
    }
  }

  public ScalarFunction {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a function has at least one step");
    }
  }

  /** A function of a single step. */
  public static ScalarFunction of(Kind kind, double... constants) {
    return new ScalarFunction(List.of(Step.of(kind, constants)));
  }

  /**
   * Reads a step as {@link Step#text} writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Step parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    for (Kind kind : Kind.values()) {
      if (name(kind).equals(words[0])) {
        List<Float> constants = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
          if (!words[i].matches(BOUND)) {
            throw new IllegalArgumentException("step '" + text + "': no number");
          }
          constants.add(Float.parseFloat(words[i]));
        }
        return new Step(kind, constants);
      }
    }
    throw new IllegalArgumentException(
        "step '"
            + text
            + "' is unknown, allowed: "
            + String.join(", ", Arrays.stream(Kind.values()).map(k -> name(k)).toList()));
  }

  /** Expression for the steps that {@link #parse} takes, up to what their numbers are. */
  public static String expression() {
    StringJoiner steps = new StringJoiner("|", "\\s*(", ")\\s*");
    for (Kind kind : Kind.values()) {
      String constant = "\\s+" + (kind == Kind.CLIP ? BOUND : NUMBER);
      steps.add(name(kind) + constant.repeat(kind.constants()));
    }
    return steps.toString();
  }

  /** The value of the function. */
  public float apply(float x) {
    float value = x;
    for (Step step : steps) {
      value = step.apply(value);
    }
    return value;
  }

  /** Whether the function can give a negative value, its inputs being signed or not. */
  public boolean signed(boolean signedInput) {
    boolean signed = signedInput;
    for (Step step : steps) {
      signed = step.signed(signed);
    }
    return signed;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static double tanhArgument(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  /** log(1 + exp(x)), also where the exponential itself is beyond all numbers. */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double erf(double x) {
    return Erf.erf(x);
  }
}
