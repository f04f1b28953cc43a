package dev.sagitta.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes a file, reads it mapped, and damages each of its bytes. */
final class TestBlockFile {
  private static final FileIdentity IDENTITY = new FileIdentity(1, 2, 3, 4);
  private final byte[] small = {1, 2, 3};
  private final byte[] large = new byte[1000];

  @TempDir Path directory;

  private byte[] write() throws IOException {
    new Random(1).nextBytes(large);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BlockFileWriter writer =
        new BlockFileWriter(Channels.newChannel(bytes), FileKind.BINLOG, IDENTITY);
    writer.block(7, MemorySegment.ofArray(small));
    writer.block(8, MemorySegment.NULL);
    writer.beginBlock(9);
    writer.append(MemorySegment.ofArray(large).asSlice(0, 300));
    writer.append(MemorySegment.ofArray(large).asSlice(300));
    writer.endBlock();
    assertThat(writer.finish()).isEqualTo(bytes.size());
    return bytes.toByteArray();
  }

  private static BlockFile open(byte[] bytes) {
    return BlockFile.open("f.binlog", MemorySegment.ofArray(bytes), FileKind.BINLOG, IDENTITY);
  }

  @Test
  void testMappedBlocks() throws IOException {
    Path path = Files.write(directory.resolve("f.binlog"), write());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapped = BlockFile.map(path, arena);
      BlockFile file = BlockFile.open("f.binlog", mapped, FileKind.BINLOG, IDENTITY);
      file.verify();
      assertThat(file.block(7).toArray(LittleEndian.BYTE)).isEqualTo(small);
      assertThat(file.block(8).byteSize()).isZero();
      assertThat(file.block(9).toArray(LittleEndian.BYTE)).isEqualTo(large);
      assertThat((file.block(9).address() - mapped.address()) % 64).isZero();
      assertThat(file.optionalBlock(10)).isEmpty();
      assertThatThrownBy(() -> file.block(10)).hasMessageContaining("code=10");
    }
  }

  @Test
  void testEachFlippedBitPatternIsRefused() throws IOException {
    byte[] bytes = write();
    for (int position = 0; position < bytes.length; position++) {
      byte[] damaged = bytes.clone();
      damaged[position] ^= (byte) (1 << (position % 8));
      assertThatThrownBy(() -> open(damaged).verify())
          .as("position=%s", position)
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("f.binlog")
          .hasMessageContaining("expected=")
          .hasMessageContaining("actual=");
    }
  }

  @Test
  void testTruncatedOrLongerIsRefused() throws IOException {
    byte[] bytes = write();
    for (int length = 0; length < bytes.length + 100; length++) {
      if (length != bytes.length) {
        byte[] changed = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> open(changed)).isInstanceOf(CorruptFileException.class);
      }
    }
  }

  @Test
  void testOtherVersions() throws IOException {
    byte[] bytes = write();
    bytes[8] = 2;
    assertThatThrownBy(() -> open(bytes)).isInstanceOf(FileTooNewException.class);
    bytes[8] = 0;
    assertThatThrownBy(() -> open(bytes)).isInstanceOf(FileTooOldException.class);
  }

  @Test
  void testOtherIdentityOrKind() throws IOException {
    MemorySegment file = MemorySegment.ofArray(write());
    assertThatThrownBy(
            () -> BlockFile.open("x", file, FileKind.BINLOG, new FileIdentity(1, 2, 3, 5)))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("what=number expected=5 actual=4");
    assertThatThrownBy(() -> BlockFile.open("x", file, FileKind.DELTA, IDENTITY))
        .isInstanceOf(CorruptFileException.class);
  }
}
