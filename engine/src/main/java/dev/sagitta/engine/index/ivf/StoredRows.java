package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Rows as a {@link RowEncoding} wrote them.
 *
 * @param codes {@code rowBytes} bytes a position
 * @param constants a float32 a position
 * @param model what was learned
 */
record StoredRows(
    MemorySegment codes,
    int rowBytes,
    Optional<MemorySegment> constants,
    Optional<MemorySegment> model) {
  StoredRows {
    requireNonNull(codes, "codes is null");
    requireNonNull(constants, "constants is null");
    requireNonNull(model, "model is null");
  }
}
