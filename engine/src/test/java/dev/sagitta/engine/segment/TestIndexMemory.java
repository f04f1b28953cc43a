package dev.sagitta.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class TestIndexMemory {
  private static final int FILE_BYTES = (5 << 20) + 123;

  @TempDir private Path directory;

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(directory.resolve("file-" + bytes), content);
  }

  private static void assertContent(MemorySegment memory, Path file) throws IOException {
    assertThat(memory.mismatch(MemorySegment.ofArray(Files.readAllBytes(file)))).isEqualTo(-1);
    assertThat(memory.isReadOnly()).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void testHugePagesWithinTheBudget() throws IOException {
    Path file = file(FILE_BYTES);
    IndexMemory memory = new IndexMemory(2 * FILE_BYTES);
    try (Arena first = Arena.ofShared()) {
      MemorySegment copy = memory.load(file, first);
      assertContent(copy, file);
      assertThat(copy.address() % (2 << 20)).isZero();
      assertThat(copy.isMapped()).isFalse();
      assertThat(memory.bytesUsed()).isEqualTo(FILE_BYTES);
      try (Arena second = Arena.ofShared()) {
        assertThat(memory.load(file, second).isMapped()).isFalse();
        assertThat(memory.bytesUsed()).isEqualTo(2 * FILE_BYTES);
        MemorySegment third = memory.load(file, second);
        assertThat(third.isMapped()).as("beyond the budget").isTrue();
        assertContent(third, file);
      }
      assertThat(memory.bytesUsed()).isEqualTo(FILE_BYTES);
      assertContent(copy, file);
    }
    assertThat(memory.bytesUsed()).isZero();
  }

  @Test
  void testSmallFilesAreMapped() throws IOException {
    Path file = file(1000);
    IndexMemory memory = new IndexMemory(1 << 20);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapped = memory.load(file, arena);
      assertContent(mapped, file);
      assertThat(mapped.isMapped()).isTrue();
      assertThat(memory.bytesUsed()).isZero();
    }
  }

  @Test
  void testUseAfterCloseFails() throws IOException {
    MemorySegment copy;
    try (Arena arena = Arena.ofShared()) {
      copy = new IndexMemory(Long.MAX_VALUE).load(file(FILE_BYTES), arena);
    }
    assertThatThrownBy(() -> copy.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void testMissingFile() {
    IndexMemory memory = new IndexMemory(1 << 20);
    try (Arena arena = Arena.ofShared()) {
      assertThatThrownBy(() -> memory.load(directory.resolve("missing"), arena))
          .isInstanceOf(IOException.class);
    }
    assertThat(memory.bytesUsed()).isZero();
  }
}
