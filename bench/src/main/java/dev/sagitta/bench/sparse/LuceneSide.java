package dev.sagitta.bench.sparse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene's BM25, as fast as it can be asked: one segment, frequencies but no positions, no query
 * cache, queries made beforehand, and hits counted no further than to the limit, so that block-max
 * MAXSCORE skips from the first moment on.
 */
final class LuceneSide implements SearchSide {
  private static final String FIELD = "text";

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final List<Query> queries;

  LuceneSide(Path path, PackageTexts texts, List<int[]> queries) throws IOException {
    directory = FSDirectory.open(path);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      FieldType type = new FieldType();
      type.setTokenized(true);
      type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
      type.freeze();
      for (int[] terms : texts.documents()) {
        Document document = new Document();
        document.add(new Field(FIELD, new Terms(terms), type));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    searcher.setQueryCache(null);
    this.queries = queries.stream().map(LuceneSide::query).toList();
  }

  private static Query query(int[] terms) {
    Map<Integer, Integer> frequencies = new TreeMap<>();
    for (int term : terms) {
      frequencies.merge(term, 1, Integer::sum);
    }
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    frequencies.forEach(
        (term, frequency) -> {
          Query query = new TermQuery(new Term(FIELD, Integer.toString(term)));
          builder.add(
              frequency == 1 ? query : new BoostQuery(query, frequency),
              BooleanClause.Occur.SHOULD);
        });
    return builder.build();
  }

  @Override
  public String name() {
    return "lucene";
  }

  @Override
  public int[] search(int query, int limit) throws IOException {
    ScoreDoc[] hits =
        searcher.search(queries.get(query), new TopScoreDocCollectorManager(limit, limit))
            .scoreDocs;
    int[] rows = new int[hits.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = hits[i].doc;
    }
    return rows;
  }

  @Override
  public long sizeInBytes() throws IOException {
    long bytes = 0;
    for (String file : directory.listAll()) {
      bytes += directory.fileLength(file);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }

  /** Term numbers as the tokens of a document. */
  private static final class Terms extends TokenStream {
    private final int[] terms;
    private final CharTermAttribute attribute = addAttribute(CharTermAttribute.class);
    private int next;

    Terms(int[] terms) {
      this.terms = terms;
    }

    @Override
    public boolean incrementToken() {
      if (next == terms.length) {
        return false;
      }
      clearAttributes();
      attribute.append(Integer.toString(terms[next++]));
      return true;
    }
  }
}
