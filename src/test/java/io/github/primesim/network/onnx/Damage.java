package io.github.primesim.network.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages files: byte by byte, and message by message so that the damage is well-formed. */
final class Damage {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    7,
    255,
    65_536,
    1L << 26,
    1L << 31,
    (1L << 31) - 1,
    -(1L << 31),
    10_000_000_000L,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;

  Damage(SplittableRandom random) {
    this.random = random;
  }

  /** Bytes changed, cut, doubled, moved or added, at one to three places. */
  byte[] bytes(byte[] sound) {
    byte[] bytes = sound;
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 1; i--) {
      bytes = once(bytes);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(24));
    byte[] cut = Arrays.copyOfRange(bytes, at, end);
    byte[] changed = bytes.clone();
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> replaced(bytes, at, end, new byte[0]);
      case 2 -> replaced(bytes, random.nextInt(bytes.length), -1, cut);
      case 3 -> {
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 4 -> {
        changed[at] ^= (byte) (1 << random.nextInt(8));
        yield changed;
      }
      default -> {
        // The longest numbers there are: of protobuf, and lengths of little-endian headers.
        Arrays.fill(changed, at, end, (byte) 0xFF);
        yield changed;
      }
    };
  }

  /** Puts {@code with} in the place of the bytes {@code from} to {@code to}, -1 to insert. */
  private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
    int after = to < 0 ? from : to;
    byte[] result = new byte[from + with.length + bytes.length - after];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, after, result, from + with.length, bytes.length - after);
    return result;
  }

  /** A number of a text changed, or some of its characters. */
  String text(String sound) {
    int at = random.nextInt(sound.length());
    for (int i = at; i < sound.length() && random.nextInt(4) > 0; i++) {
      if (Character.isDigit(sound.charAt(i))) {
        int end = i;
        while (end < sound.length() && Character.isDigit(sound.charAt(end))) {
          end++;
        }
        return sound.substring(0, i) + number() + sound.substring(end);
      }
    }
    byte[] changed = bytes(sound.getBytes(StandardCharsets.ISO_8859_1));
    return new String(changed, StandardCharsets.ISO_8859_1);
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** A field of some message of the tree left out, doubled, swapped or given another value. */
  Message message(Message sound) {
    Message message = sound;
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Message.Builder builder = message.toBuilder();
      List<Message.Builder> all = new ArrayList<>();
      collect(builder, all);
      change(all.get(random.nextInt(all.size())));
      message = builder.build();
    }
    return message;
  }

  private static void collect(Message.Builder builder, List<Message.Builder> all) {
    all.add(builder);
    for (FieldDescriptor field : builder.getAllFields().keySet()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
          collect(builder.getRepeatedFieldBuilder(field, i), all);
        }
      } else {
        collect(builder.getFieldBuilder(field), all);
      }
    }
  }

  private void change(Message.Builder builder) {
    List<FieldDescriptor> fields = new ArrayList<>(builder.getAllFields().keySet());
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    if (!field.isRepeated()) {
      if (random.nextInt(4) == 0) {
        builder.clearField(field);
      } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        builder.setField(field, other(field, builder.getField(field)));
      }
      return;
    }
    int count = builder.getRepeatedFieldCount(field);
    int at = random.nextInt(count);
    int second = random.nextInt(count);
    Object value = builder.getRepeatedField(field, at);
    switch (random.nextInt(4)) {
      case 0 -> {
        List<Object> left = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          if (i != at) {
            left.add(builder.getRepeatedField(field, i));
          }
        }
        builder.setField(field, left);
      }
      case 1 -> builder.addRepeatedField(field, value);
      case 2 -> {
        builder.setRepeatedField(field, at, builder.getRepeatedField(field, second));
        builder.setRepeatedField(field, second, value);
      }
      default -> {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
          builder.setRepeatedField(field, at, other(field, value));
        }
      }
    }
  }

  private Object other(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> random.nextBoolean() ? (float) number() : Float.NaN;
      case DOUBLE -> (double) number();
      case BOOLEAN -> !(Boolean) value;
      case STRING -> string((String) value);
      case BYTE_STRING -> ByteString.copyFrom(bytes(((ByteString) value).toByteArray()));
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> value;
    };
  }

  private String string(String value) {
    String[] others = {
      "",
      "x",
      "y",
      "w",
      "c",
      "Conv",
      "LSTM",
      "MatMul",
      "Reshape",
      "Concat",
      "Slice",
      "Gather",
      "Pad",
      "Add",
      "Transpose",
      "ReduceSum",
      "Expand",
      "Tile",
      "Split",
      "Softmax",
      "If",
      "axes",
      "perm",
      "pads",
      "../../etc/passwd",
      "/dev/zero",
      "\0",
      "a\nb",
      value + value
    };
    return others[random.nextInt(others.length)];
  }
}
