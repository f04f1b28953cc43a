// What a user of the official Node client in HTTP mode does, over real word vectors.
// usage: node http-client.mjs ENDPOINT FOLDER (holds words-20000.fvecs.gz and words-20000.txt)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import milvus from '@zilliz/milvus2-sdk-node';

const [endpoint, folder] = process.argv.slice(2);
const ROWS = 2000;
const TOP_K = 10;

const words = readFileSync(join(folder, 'words-20000.txt'), 'utf8').split('\n').slice(0, ROWS);
const file = gunzipSync(readFileSync(join(folder, 'words-20000.fvecs.gz')));
const dimension = file.readInt32LE(0);
const vectors = words.map((_, row) => {
  const start = row * (4 + 4 * dimension) + 4;
  return Array.from({ length: dimension }, (_, i) => file.readFloatLE(start + 4 * i));
});

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const cosine = (a, b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

/** The numbers of the rows nearest to a vector, by plain arithmetic. */
function nearest(vector, allowed) {
  return vectors
    .map((other, row) => ({ row, score: cosine(vector, other) }))
    .filter(({ row }) => allowed(row))
    .sort((a, b) => b.score - a.score)
    .slice(0, TOP_K);
}

async function ok(promise) {
  const answer = await promise;
  assert.equal(answer.code, 0, JSON.stringify(answer));
  return answer;
}

const client = new milvus.HttpClient({ endpoint, token: 'root:Milvus' });

await ok(client.createDatabase({ dbName: 'node_client' }));
assert.ok((await ok(client.listDatabases())).data.includes('node_client'));
const dbName = 'node_client';
const collectionName = 'words';
const named = { dbName, collectionName };

await ok(
  client.createCollection({
    ...named,
    schema: {
      autoID: false,
      enableDynamicField: true,
      fields: [
        { fieldName: 'id', dataType: 'Int64', isPrimary: true },
        { fieldName: 'word', dataType: 'VarChar', elementTypeParams: { max_length: 200 } },
        { fieldName: 'vector', dataType: 'FloatVector', elementTypeParams: { dim: dimension } },
      ],
    },
    indexParams: [
      { fieldName: 'vector', indexName: 'by_vector', metricType: 'COSINE', params: { index_type: 'AUTOINDEX' } },
    ],
  }),
);
assert.equal((await ok(client.hasCollection(named))).data.has, true);
assert.deepEqual((await ok(client.listCollections({ dbName }))).data, ['words']);
const described = (await ok(client.describeCollection(named))).data;
assert.equal(described.collectionName, 'words');
assert.equal(described.enableDynamicField, true);
assert.deepEqual(described.fields.map((field) => field.name), ['id', 'word', 'vector']);

const rows = words.map((word, id) => ({ id, word, vector: vectors[id], letters: word.length }));
for (let start = 0; start < ROWS; start += 500) {
  const inserted = await ok(client.insert({ ...named, data: rows.slice(start, start + 500) }));
  assert.equal(inserted.data.insertCount, 500);
  assert.equal(Number(inserted.data.insertIds[0]), start);
}

const strong = { ...named, consistencyLevel: 'Strong' };
const count = await ok(client.query({ ...strong, filter: '', outputFields: ['count(*)'] }));
assert.equal(Number(count.data[0]['count(*)']), ROWS);

async function checkSearches() {
  let found = 0;
  for (let row = 0; row < ROWS; row += 100) {
    const answer = await ok(
      client.search({ ...strong, data: [vectors[row]], annsField: 'vector', limit: TOP_K, outputFields: ['word'] }),
    );
    assert.equal(answer.data.length, TOP_K);
    assert.equal(answer.data[0].word, words[row]);
    assert.ok(Math.abs(answer.data[0].distance - 1) < 1e-5);
    const expected = new Set(nearest(vectors[row], () => true).map((each) => each.row));
    found += answer.data.filter((hit) => expected.has(Number(hit.id))).length;
  }
  const recall = found / ((ROWS / 100) * TOP_K);
  assert.ok(recall >= 0.95, `recall=${recall}`);

  const filtered = await ok(
    client.search({
      ...strong,
      data: [vectors[7]],
      filter: 'letters <= 4 and word like "%a%"',
      limit: TOP_K,
      outputFields: ['word', 'letters'],
    }),
  );
  const allowed = (row) => words[row].length <= 4 && words[row].includes('a');
  assert.ok(filtered.data.length === TOP_K && filtered.data.every((hit) => allowed(Number(hit.id))));
  assert.equal(Number(filtered.data[0].id), nearest(vectors[7], allowed)[0].row);
}

await checkSearches();
await ok(client.flushCollection(named));
await checkSearches();

const got = await ok(client.get({ ...named, id: [3, 5], outputFields: ['word', 'letters'] }));
assert.deepEqual(got.data.map((row) => row.word).sort(), [words[3], words[5]].sort());

await ok(client.upsert({ ...named, data: [{ id: 3, word: 'changed', vector: vectors[3] }] }));
await ok(client.delete({ ...named, filter: 'id in [5]' }));
const after = await ok(client.query({ ...strong, filter: 'id in [3, 5]', outputFields: ['word'] }));
assert.deepEqual(after.data.map((row) => row.word), ['changed']);

assert.deepEqual((await ok(client.listIndexes(named))).data, ['by_vector']);
const index = (await ok(client.describeIndex({ ...named, indexName: 'by_vector' }))).data[0];
assert.equal(index.fieldName, 'vector');
assert.equal(index.metricType, 'COSINE');

await ok(client.createPartition({ ...named, partitionName: 'more' }));
assert.deepEqual((await ok(client.listPartitions(named))).data.sort(), ['_default', 'more']);
assert.equal((await ok(client.hasPartition({ ...named, partitionName: 'more' }))).data.has, true);
await ok(client.releasePartitions({ ...named, partitionNames: ['more'] }));
await ok(client.dropPartition({ ...named, partitionName: 'more' }));

await ok(client.createAlias({ ...named, aliasName: 'lexicon' }));
assert.equal((await ok(client.describeAlias({ dbName, aliasName: 'lexicon' }))).data.collectionName, 'words');
await ok(client.dropAlias({ dbName, aliasName: 'lexicon' }));

const refused = await client.insert({ ...named, data: [{ id: 1, word: 'short', vector: [1, 2] }] });
assert.equal(refused.code, 1804, JSON.stringify(refused));
assert.match(refused.message, /vector/);
const unknown = await client.describeCollection({ dbName, collectionName: 'nothing' });
assert.equal(unknown.code, 100, JSON.stringify(unknown));

await ok(client.releaseCollection(named));
assert.equal((await ok(client.getCollectionLoadState(named))).data.loadState, 'LoadStateNotLoad');
await ok(client.dropCollection(named));
assert.equal((await ok(client.hasCollection(named))).data.has, false);
await ok(client.dropDatabase({ dbName }));
console.log('ok');
