package dev.sagitta.engine.index.ivf;

/**
 * How much a search looks at.
 *
 * @param probes lists looked into at least
 * @param rowsMin rows compared at least, if there are so many: what is wanted and, with a filter,
 *     what a search without it would compare, so that filters don't cost recall
 * @param candidates rows that are compared once more, where a family does that
 * @param queryBits bits of each of the query's numbers, where a family rounds them; 0 for floats
 */
record IvfEffort(int probes, int rowsMin, int candidates, int queryBits) {}
