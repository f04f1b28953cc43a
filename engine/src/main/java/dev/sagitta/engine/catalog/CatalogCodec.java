package dev.sagitta.engine.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileTooNewException;
import dev.sagitta.engine.storage.FileTooOldException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The format of catalog objects: a header line in ASCII, then JSON in UTF-8 up to the end.
 *
 * <pre>
 * header  = format SP version SP checksum LF
 * format  = "sagitta-catalog-change" | "sagitta-catalog-snapshot"
 * version = decimal number, now {@value #VERSION}
 * checksum= CRC32C of format SP version and all bytes after the line feed, 8 lower-case
 *           hexadecimal digits; up to version 2 without format and version
 * </pre>
 *
 * <p>A change object's JSON is a {@link CatalogLogEntry}, a snapshot object's a {@link
 * CatalogSnapshot}, mapped as {@link CatalogJson} says; changes carry their name in the property
 * {@code change}. A property added or with another meaning raises the version. A release reads the
 * versions {@value #OLDEST_VERSION} to {@value #VERSION} and writes the last one; {@link
 * CatalogUpgrade} says what the versions differ in.
 */
public final class CatalogCodec {
  static final String CHANGE_FORMAT = "sagitta-catalog-change";
  static final String SNAPSHOT_FORMAT = "sagitta-catalog-snapshot";
  static final int OLDEST_VERSION = 1;
  static final int VERSION = 3;

  private static final int FIRST_VERSION_WITH_HEADER_CHECKED = 3;
  private static final int MAXIMUM_HEADER_BYTES = 80;
  private static final Pattern HEADER = Pattern.compile("(\\S+) (\\d{1,9}) ([0-9a-f]{8})");

  private CatalogCodec() {}

  public static byte[] encodeEntry(CatalogLogEntry entry) {
    return encode(CHANGE_FORMAT, requireNonNull(entry, "entry is null"));
  }

  public static byte[] encodeSnapshot(CatalogSnapshot snapshot) {
    return encode(SNAPSHOT_FORMAT, requireNonNull(snapshot, "snapshot is null"));
  }

  /**
   * Reads a change object.
   *
   * @param name the object's name, for messages
   * @throws CorruptFileException if it is damaged or not a change object
   * @throws FileTooOldException if this release reads its version no more
   * @throws FileTooNewException if this release does not read its version yet
   */
  public static CatalogLogEntry decodeEntry(String name, byte[] content) {
    return decode(name, content, CHANGE_FORMAT, CatalogLogEntry.class);
  }

  /** Reads a snapshot object; fails as {@link #decodeEntry} does. */
  public static CatalogSnapshot decodeSnapshot(String name, byte[] content) {
    return decode(name, content, SNAPSHOT_FORMAT, CatalogSnapshot.class);
  }

  private static byte[] encode(String format, Object value) {
    byte[] json;
    try {
      json = CatalogJson.mapper().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("catalog value cannot be written: format=" + format, e);
    }
    String checksum = checksum(format, VERSION, json, 0);
    byte[] header = (format + " " + VERSION + " " + checksum + "\n").getBytes(US_ASCII);
    byte[] content = new byte[header.length + json.length];
    System.arraycopy(header, 0, content, 0, header.length);
    System.arraycopy(json, 0, content, header.length, json.length);
    return content;
  }

  private static <T> T decode(String name, byte[] content, String format, Class<T> type) {
    int start = headerLength(name, content) + 1;
    String header = new String(content, 0, start - 1, US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches() || !matcher.group(1).equals(format)) {
      throw new CorruptFileException(
          "unexpected header: file=" + name + " expected=" + format + " actual=" + header);
    }
    int version = Integer.parseInt(matcher.group(2));
    checkVersion(name, version);
    String actual = checksum(format, version, content, start);
    if (!actual.equals(matcher.group(3))) {
      throw new CorruptFileException(
          "checksum differs: file=" + name + " expected=" + matcher.group(3) + " actual=" + actual);
    }
    try {
      ObjectMapper mapper = CatalogJson.mapper();
      if (version == VERSION) {
        return mapper.readValue(content, start, content.length - start, type);
      }
      JsonNode old = mapper.readTree(content, start, content.length - start);
      CatalogUpgrade.upgrade(old, version);
      return mapper.treeToValue(old, type);
    } catch (IOException e) {
      throw new CorruptFileException(
          "unreadable content: file=" + name + " format=" + format + " reason=" + e.getMessage());
    }
  }

  private static int headerLength(String name, byte[] content) {
    for (int i = 0; i < Math.min(content.length, MAXIMUM_HEADER_BYTES); i++) {
      if (content[i] == '\n') {
        return i;
      }
    }
    throw new CorruptFileException("no header line: file=" + name + " length=" + content.length);
  }

  private static void checkVersion(String name, int version) {
    if (version < OLDEST_VERSION) {
      throw new FileTooOldException(
          "version too old: file=" + name + " expected=" + OLDEST_VERSION + " actual=" + version);
    }
    if (version > VERSION) {
      throw new FileTooNewException(
          "version too new: file=" + name + " expected=" + VERSION + " actual=" + version);
    }
  }

  /** The version is covered since content read as of another version would lose properties. */
  private static String checksum(String format, int version, byte[] content, int start) {
    CRC32C crc = new CRC32C();
    if (version >= FIRST_VERSION_WITH_HEADER_CHECKED) {
      crc.update((format + " " + version).getBytes(US_ASCII));
    }
    crc.update(content, start, content.length - start);
    return String.format("%08x", crc.getValue());
  }
}
