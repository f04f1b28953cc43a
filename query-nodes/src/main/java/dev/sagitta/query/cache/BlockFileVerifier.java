package dev.sagitta.query.cache;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.FileKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a downloaded file before anyone searches it: it must be what its name in the store says
 * ({@link dev.sagitta.engine.storage.StorageLayout}), and every block's checksum must hold.
 */
public final class BlockFileVerifier implements FileVerifier {
  private static final String SEGMENT = "collections/(\\d+)/segments/(\\d+)/";
  private static final Pattern BINLOG = Pattern.compile(SEGMENT + "fields/(\\d+)/(\\d+)\\.binlog");
  private static final Pattern DELTA = Pattern.compile(SEGMENT + "deltas/(\\d+)\\.delta");
  private static final Pattern STATS = Pattern.compile(SEGMENT + "stats/(\\d+)\\.stats");
  private static final Pattern INDEX = Pattern.compile(SEGMENT + "indexes/(\\d+)/(\\d+)/[^/]+");

  @Override
  public void verify(String key, Path file) throws IOException {
    Expected expected = expected(key);
    try (Arena arena = Arena.ofConfined()) {
      BlockFile.open(key, BlockFile.map(file, arena), expected.kind(), expected.identity())
          .verify();
    }
  }

  private static Expected expected(String key) {
    Matcher binlog = BINLOG.matcher(key);
    if (binlog.matches()) {
      return new Expected(FileKind.BINLOG, identity(binlog, true));
    }
    Matcher delta = DELTA.matcher(key);
    if (delta.matches()) {
      return new Expected(FileKind.DELTA, identity(delta, false));
    }
    Matcher stats = STATS.matcher(key);
    if (stats.matches()) {
      return new Expected(FileKind.STATS, identity(stats, false));
    }
    Matcher index = INDEX.matcher(key);
    if (index.matches()) {
      return new Expected(FileKind.INDEX, identity(index, true));
    }
    throw new IllegalArgumentException("not a file of a segment: key=" + key);
  }

  private static FileIdentity identity(Matcher key, boolean hasField) {
    return new FileIdentity(
        Long.parseLong(key.group(1)),
        Long.parseLong(key.group(2)),
        hasField ? Long.parseLong(key.group(3)) : 0,
        Long.parseLong(key.group(hasField ? 4 : 3)));
  }

  private record Expected(FileKind kind, FileIdentity identity) {}
}
