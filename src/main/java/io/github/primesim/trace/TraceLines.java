package io.github.primesim.trace;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a trace and the tokens of the current one: words, quoted texts, and braces. Blanks
 * separate tokens, {@code #} begins a comment.
 */
final class TraceLines {
  private static final int LONGEST_LINE_BYTES = 1 << 20;
  private static final int LONGEST_QUOTE = 60;

  private final InputStream in;
  private final String name;
  private byte[] buffer = new byte[1 << 16];
  private int begin;
  private int end;
  private boolean exhausted;

  private long number;
  private String line = "";
  private int position;
  private boolean quoted;

  /**
   * @param name of the file, for messages
   */
  TraceLines(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** Goes to the next line that holds a token; false at the end of the file. */
  boolean advance() throws IOException {
    while (nextLine()) {
      position = 0;
      if (more()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the line has another token. */
  boolean more() {
    while (position < line.length()) {
      char c = line.charAt(position);
      if (c == '#') {
        position = line.length();
      } else if (c == ' ' || c == '\t') {
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  /**
   * The next token, without its quotes.
   *
   * @param what is expected, for the message if the line has ended
   */
  String next(String what) {
    if (!more()) {
      throw problem("the line ends, expected " + what);
    }
    quoted = line.charAt(position) == '"';
    return quoted ? quotedText() : word();
  }

  /** The next token, which must not be quoted. */
  String nextWord(String what) {
    String word = next(what);
    if (quoted) {
      throw problem("found the text \"" + shortened(word) + "\", expected " + what);
    }
    return word;
  }

  /** Takes the next token if it is this word. */
  boolean take(String word) {
    if (more() && line.startsWith(word, position)) {
      int after = position + word.length();
      if (after == line.length() || endsWord(line.charAt(after))) {
        position = after;
        return true;
      }
    }
    return false;
  }

  /** The next token is this one. */
  void expect(String token) {
    String found = nextWord("'" + token + "'");
    if (!found.equals(token)) {
      throw problem("found '" + shortened(found) + "', expected '" + token + "'");
    }
  }

  /** The line has no further token. */
  void expectEnd() {
    if (more()) {
      String rest = line.substring(position);
      throw problem("the line goes on with '" + shortened(rest) + "', expected its end");
    }
  }

  /** The next token as a whole number in plain decimal digits. */
  long nextNumber(String what, long least, long most) {
    String word = nextWord("a number for " + what);
    return number(word, 0, word.length(), what, least, most);
  }

  /** Digits {@code from} to {@code to} of {@code text} as a whole number. */
  long number(String text, int from, int to, String what, long least, long most) {
    long value = 0;
    boolean fits = from < to;
    for (int i = from; i < to && fits; i++) {
      int digit = text.charAt(i) - '0';
      // Division keeps the sum from overflowing, whatever 'most' is.
      fits = digit >= 0 && digit <= 9 && value <= (most - digit) / 10;
      value = value * 10 + digit;
    }
    // One number has one spelling, so that a trace has one text.
    boolean padded = to - from > 1 && text.charAt(from) == '0';
    if (!fits || padded || value < least || value > most) {
      throw problem(
          what
              + " is '"
              + shortened(text.substring(from, to))
              + "', allowed is a whole number from "
              + least
              + " to "
              + most);
    }
    return value;
  }

  /** A refusal of the current line. */
  InputProblem problem(String what) {
    return new InputProblem(name + ":" + Math.max(1, number) + ": " + what);
  }

  /** What is quoted in a message stays short and printable. */
  static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_QUOTE; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > LONGEST_QUOTE ? shown + "..." : shown.toString();
  }

  private String word() {
    int from = position;
    char first = line.charAt(from);
    if (first == '{' || first == '}') {
      position++;
      return first == '{' ? "{" : "}";
    }
    while (position < line.length() && !endsWord(line.charAt(position))) {
      position++;
    }
    if (from == position) {
      throw problem("found a control character, allowed are words, texts in quotes and braces");
    }
    return line.substring(from, position);
  }

  static boolean continuesWord(char c) {
    return !endsWord(c);
  }

  private static boolean endsWord(char c) {
    return c <= ' ' || c == '#' || c == '{' || c == '}' || c == '"';
  }

  private String quotedText() {
    StringBuilder text = new StringBuilder();
    for (int i = position + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        position = i + 1;
        return text.toString();
      }
      if (c == '\\') {
        i++;
        c = i < line.length() ? unescaped(line.charAt(i)) : 0;
      }
      text.append(c);
    }
    throw problem("the text " + shortened(line.substring(position)) + " has no closing quote");
  }

  private char unescaped(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      default ->
          throw problem(
              "'\\" + shortened(String.valueOf(c)) + "' in a text, allowed are \\\" \\\\ \\n \\r");
    };
  }

  private boolean nextLine() throws IOException {
    int scanned = begin;
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          setLine(begin, scanned);
          begin = scanned + 1;
          return true;
        }
      }
      if (exhausted) {
        if (begin == end) {
          return false;
        }
        setLine(begin, end);
        begin = end;
        return true;
      }
      scanned -= begin;
      fill();
    }
  }

  /** Reads on, with the begun line at the start of the buffer. */
  private void fill() throws IOException {
    int kept = end - begin;
    if (kept > LONGEST_LINE_BYTES) {
      number++;
      throw tooLong();
    }
    byte[] target = kept > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, begin, target, 0, kept);
    buffer = target;
    begin = 0;
    end = kept;
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      exhausted = true;
    } else {
      end += read;
    }
  }

  private void setLine(int from, int to) {
    number++;
    if (to - from > LONGEST_LINE_BYTES) {
      throw tooLong();
    }
    int last = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    line = text(from, last);
  }

  private InputProblem tooLong() {
    return problem("the line is longer than the " + LONGEST_LINE_BYTES + " bytes allowed");
  }

  private String text(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] < 0) {
        return decoded(from, to);
      }
    }
    return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String decoded(int from, int to) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOfRange(buffer, from, to));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw problem("the line is not UTF-8");
    }
  }
}
