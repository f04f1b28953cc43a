package dev.sagitta.engine.scalarindex.build;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.schema.FieldSchema;
import java.nio.file.Path;

/**
 * What a build is about.
 *
 * @param typeName Milvus's name of the index type
 * @param field the indexed field
 * @param rowCount rows of the segment
 * @param target the file to write; temporary files lie beside it
 */
public record IndexBuild(
    String typeName,
    FieldSchema field,
    int rowCount,
    IndexFileIdentity identity,
    BuildProgress progress,
    Path target) {
  public IndexBuild {
    requireNonNull(typeName, "typeName is null");
    requireNonNull(field, "field is null");
    requireNonNull(identity, "identity is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(target, "target is null");
  }

  /** A temporary file beside the target. */
  Path temporary(String name) {
    return target.resolveSibling(target.getFileName() + "." + name);
  }
}
