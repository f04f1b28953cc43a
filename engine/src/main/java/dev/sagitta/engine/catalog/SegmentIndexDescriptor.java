package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The result of one index build of one segment: a file, or the reason why there is none.
 *
 * @param fileName name of the index file under the build's folder; empty when the build failed
 * @param failReason why the build failed for good; empty on success
 */
public record SegmentIndexDescriptor(
    long indexId,
    long fieldId,
    long buildId,
    Optional<String> fileName,
    long sizeInBytes,
    Optional<String> failReason) {
  public SegmentIndexDescriptor {
    requireNonNull(fileName, "fileName is null");
    requireNonNull(failReason, "failReason is null");
  }
}
