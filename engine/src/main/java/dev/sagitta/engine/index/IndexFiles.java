package dev.sagitta.engine.index;

import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.FileKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes index files: whole and synced to disk, or not at all. */
public final class IndexFiles {
  private IndexFiles() {}

  /** The blocks of one index type. */
  @FunctionalInterface
  public interface BlockSource {
    void writeTo(BlockFileWriter writer) throws IOException;
  }

  /** Writes a file of the description and the type's own blocks. */
  public static void write(
      Path target, IndexFileIdentity identity, IndexDescription description, BlockSource blocks)
      throws IOException {
    write(
        target,
        identity,
        writer -> {
          writer.block(IndexDescription.BLOCK, description.toBlock());
          blocks.writeTo(writer);
        });
  }

  /** Writes a file of the given blocks. */
  public static void write(Path target, IndexFileIdentity identity, BlockSource blocks)
      throws IOException {
    boolean complete = false;
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      BlockFileWriter writer =
          new BlockFileWriter(channel, FileKind.INDEX, IndexDescription.fileIdentity(identity));
      blocks.writeTo(writer);
      writer.finish();
      channel.force(true);
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(target);
      }
    }
  }
}
