package dev.sagitta.bench.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Finds data sets by what the user names: {@code fashion-mnist} or a folder of .fvecs files. */
public final class DataSets {
  public static final String FASHION_MNIST = "fashion-mnist";

  /** Where Debian's package dataset-fashion-mnist puts its files. */
  private static final Path FASHION_MNIST_FILES = Path.of("/usr/share/datasets/fashion-mnist");

  private final Path cache;
  private final int rowsMax;
  private final int queriesMax;

  /**
   * @param cache folder for converted vectors and exact neighbours
   * @param rowsMax larger data sets are cut to this many rows
   * @param queriesMax and to this many queries
   */
  public DataSets(Path cache, int rowsMax, int queriesMax) {
    this.cache = cache;
    this.rowsMax = rowsMax;
    this.queriesMax = queriesMax;
  }

  /**
   * Opens a data set. Fashion-MNIST is compared by L2; vectors of a folder by cosine.
   *
   * @throws IOException naming what is missing and where it comes from
   */
  public DataSet open(String name) throws IOException {
    if (name.equals(FASHION_MNIST)) {
      return fashionMnist();
    }
    Path folder = Path.of(name).toAbsolutePath().normalize();
    return describe(
        folder.getFileName().toString(),
        existing(folder.resolve("base.fvecs"), "a data folder holds base.fvecs and query.fvecs"),
        existing(folder.resolve("query.fvecs"), "a data folder holds base.fvecs and query.fvecs"),
        MetricType.COSINE);
  }

  private DataSet fashionMnist() throws IOException {
    Path folder = Files.createDirectories(cache.resolve(FASHION_MNIST));
    return describe(
        FASHION_MNIST,
        converted("train-images-idx3-ubyte.gz", folder.resolve("base.fvecs")),
        converted("t10k-images-idx3-ubyte.gz", folder.resolve("query.fvecs")),
        MetricType.L2);
  }

  private static Path converted(String images, Path target) throws IOException {
    Path source =
        existing(
            FASHION_MNIST_FILES.resolve(images), "install Debian's package dataset-fashion-mnist");
    if (!Files.exists(target)) {
      VectorFile.write(target, IdxImages.read(source));
    }
    return target;
  }

  private DataSet describe(String name, Path base, Path queries, MetricType metric)
      throws IOException {
    int rows = Math.min(rowsMax, VectorFile.rows(base));
    int queryCount = Math.min(queriesMax, VectorFile.rows(queries)) / 2 * 2;
    CRC32 origin = new CRC32();
    for (Path file : new Path[] {base, queries}) {
      String identity =
          file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
      origin.update(identity.getBytes(UTF_8));
    }
    Path known =
        cache.resolve(
            String.format("%s-%d-%d-%08x", name, rows, queryCount, (int) origin.getValue()));
    return new DataSet(
        name,
        base,
        queries,
        metric,
        rows,
        VectorFile.dimension(base),
        queryCount,
        Files.createDirectories(known));
  }

  private static Path existing(Path file, String advice) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("file is missing: " + file + " (" + advice + ")");
    }
    return file;
  }
}
