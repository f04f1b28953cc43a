package dev.sagitta.engine.index.diskann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNodeStore {
  private static final int NODES = 40;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 56", "400, 56", "1536, 56", "3136, 56", "4096, 1", "16384, 512"})
  void testRecordsOverlapNeitherEachOtherNorSectorsWithoutNeed(int vectorBytes, int degree) {
    NodeLayout layout = new NodeLayout(vectorBytes, degree);
    assertThat(layout.recordBytes()).isGreaterThanOrEqualTo(vectorBytes + 16 + 4 * degree);
    for (int node = 0; node < NODES; node++) {
      long start = layout.offset(node);
      long end = start + layout.recordBytes();
      assertThat(layout.offset(node + 1)).isGreaterThanOrEqualTo(end);
      assertThat(layout.bytes(node + 1)).isGreaterThanOrEqualTo(end);
      long sectors = (end - 1) / NodeLayout.SECTOR_BYTES - start / NodeLayout.SECTOR_BYTES + 1;
      assertThat(sectors).isEqualTo(Math.ceilDiv(layout.recordBytes(), NodeLayout.SECTOR_BYTES));
      int fitting = layout.nodesIn(layout.bytes(node));
      assertThat(layout.bytes(fitting)).isLessThanOrEqualTo(layout.bytes(node));
    }
  }

  /** Asking for pages early changes nothing but time, for nodes in memory and on disk. */
  @Test
  void testReadsMappedNodesInBeams() throws IOException {
    NodeLayout layout = new NodeLayout(100, 3);
    Path path = directory.resolve("nodes");
    byte[] bytes = new byte[(int) layout.bytes(NODES)];
    MemorySegment content = MemorySegment.ofArray(bytes);
    for (int node = 0; node < NODES; node++) {
      long header = layout.offset(node) + layout.headerOffset();
      content.set(LittleEndian.INT, header + NodeLayout.DEGREE, 3);
      content.set(LittleEndian.INT, header + NodeLayout.FIRST_ROW, 1000 + node);
      content.set(LittleEndian.INT, header + NodeLayout.LINKS, (node + 1) % NODES);
      content.set(LittleEndian.INT, header + NodeLayout.LINKS + 4, NODES);
      content.set(LittleEndian.INT, header + NodeLayout.LINKS + 8, -7);
    }
    Files.write(path, bytes);
    try (Arena arena = Arena.ofShared();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment sectors = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      int cached = layout.nodesIn(NodeLayout.SECTOR_BYTES);
      MemorySegment cache = arena.allocate(layout.bytes(cached), 64);
      MemorySegment.copy(sectors, 0, cache, 0, cache.byteSize());
      NodeStore nodes =
          new NodeStore(layout, NODES, sectors, cache, cached, MemorySegment.ofArray(new byte[0]));
      int[] beam = {0, cached, NODES - 1};
      int[] links = new int[8];
      assertThat(nodes.read(beam, beam.length, 5)).isIn(4, 64);
      for (int node : beam) {
        assertThat(nodes.firstRow(node)).isEqualTo(1000 + node);
        assertThat(nodes.furtherRowCount(node)).isZero();
        // Numbers that are no nodes are left out.
        assertThat(nodes.copyLinks(node, links, 2)).isEqualTo(3);
        assertThat(links[2]).isEqualTo((node + 1) % NODES);
      }
    }
  }
}
