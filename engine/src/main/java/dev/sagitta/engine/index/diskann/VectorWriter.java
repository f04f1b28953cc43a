package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes vectors of equal length one after another, through a buffer. */
final class VectorWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final WritableByteChannel channel;
  private final int length;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer;
  private long position;

  VectorWriter(WritableByteChannel channel, int length) {
    this.channel = requireNonNull(channel, "channel is null");
    this.length = length;
    this.buffer = arena.allocate(Math.max(BUFFER_BYTES, length * Float.BYTES));
  }

  void write(float[] vector) throws IOException {
    long bytes = (long) length * Float.BYTES;
    if (position + bytes > buffer.byteSize()) {
      flush();
    }
    MemorySegment.copy(vector, 0, buffer, LittleEndian.FLOAT, position, length);
    position += bytes;
  }

  private void flush() throws IOException {
    ByteBuffer bytes = buffer.asSlice(0, position).asByteBuffer();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    position = 0;
  }

  /** Writes what is left; the channel stays open. */
  @Override
  public void close() throws IOException {
    try (arena) {
      flush();
    }
  }
}
