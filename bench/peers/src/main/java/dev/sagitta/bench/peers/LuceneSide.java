package dev.sagitta.bench.peers;

import dev.sagitta.bench.side.AnswerRows;
import dev.sagitta.bench.side.Side;
import dev.sagitta.bench.side.SideData;
import dev.sagitta.bench.side.SideServer;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/**
 * Lucene's graph of one segment, searched without the query layer, so that nothing but the graph is
 * measured. Build: M, efConstruction, and codes: "none", or "int8" for eight-bit scalar
 * quantization. Search: ef (Lucene's k), and with codes oversampling: so many times the wanted rows
 * are ranked again by the vectors, 1 for none.
 */
public final class LuceneSide implements Side {
  private static final String FIELD = "vector";
  private static final double MEMORY_MEGABYTES = 1900;

  private final MMapDirectory directory;
  private SideData data;
  private VectorSimilarityFunction similarity;
  private DirectoryReader reader;
  private LeafReader segment;
  private FloatVectorValues vectors;
  private int ef;
  private int oversampling;

  private LuceneSide(Path folder) throws IOException {
    this.directory = new MMapDirectory(folder);
  }

  /**
   * Serves the protocol.
   *
   * @param arguments a folder for the index
   */
  public static void main(String[] arguments) throws Exception {
    SideServer.serve(new LuceneSide(Path.of(arguments[0])));
  }

  @Override
  public void load(SideData given) {
    data = given;
    similarity =
        data.metric() == MetricType.L2
            ? VectorSimilarityFunction.EUCLIDEAN
            : VectorSimilarityFunction.DOT_PRODUCT;
  }

  @Override
  public long build(Map<String, String> parameters) throws IOException {
    int m = Integer.parseInt(parameters.get("M"));
    int beamWidth = Integer.parseInt(parameters.get("efConstruction"));
    KnnVectorsFormat format =
        parameters.get("codes").equals("int8")
            ? new Lucene104HnswScalarQuantizedVectorsFormat(
                ScalarEncoding.UNSIGNED_BYTE, m, beamWidth)
            : new Lucene99HnswVectorsFormat(m, beamWidth);
    IndexWriterConfig configuration =
        new IndexWriterConfig()
            .setCodec(new VectorCodec(format))
            .setRAMBufferSizeMB(MEMORY_MEGABYTES)
            .setMaxBufferedDocs(IndexWriterConfig.DISABLE_AUTO_FLUSH)
            .setUseCompoundFile(false)
            .setMergeScheduler(new SerialMergeScheduler());
    try (IndexWriter writer = new IndexWriter(directory, configuration)) {
      for (float[] row : data.base()) {
        Document document = new Document();
        document.add(new KnnFloatVectorField(FIELD, row, similarity));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
    segment = reader.leaves().getFirst().reader();
    vectors = segment.getFloatVectorValues(FIELD);
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += directory.fileLength(file);
    }
    return bytes;
  }

  @Override
  public void use(Map<String, String> parameters) {
    ef = Integer.parseInt(parameters.get("ef"));
    oversampling = Integer.parseInt(parameters.getOrDefault("oversampling", "1"));
  }

  @Override
  public void search(int query, AnswerRows answer) throws IOException {
    float[] vector = data.queries()[query];
    AcceptDocs all = AcceptDocs.fromLiveDocs(null, segment.maxDoc());
    ScoreDoc[] found =
        segment.searchNearestVectors(FIELD, vector, ef, all, Integer.MAX_VALUE).scoreDocs;
    if (oversampling > 1) {
      found = Arrays.copyOf(found, Math.min(found.length, oversampling * answer.wanted()));
      for (ScoreDoc candidate : found) {
        candidate.score = similarity.compare(vector, vectors.vectorValue(candidate.doc));
      }
      Arrays.sort(found, Comparator.comparingDouble(candidate -> -candidate.score));
    }
    for (ScoreDoc document : found) {
      answer.add(document.doc);
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
    directory.close();
  }

  private static final class VectorCodec extends Lucene104Codec {
    private final KnnVectorsFormat format;

    VectorCodec(KnnVectorsFormat format) {
      this.format = format;
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
      return format;
    }
  }
}
