/**
 * Filter expressions: boolean conditions over the fields of a collection, in the language of
 * Milvus.
 *
 * <p>Text becomes a syntax tree ({@code syntax}, by the grammar in {@code grammar}), the tree
 * becomes typed predicates ({@code plan}), and predicates choose rows from columns ({@code
 * evaluate}, with tests of values in {@code number}, {@code text} and {@code json}).
 *
 * <p>What the language leaves open is decided so:
 *
 * <ul>
 *   <li>Logic has three values. A comparison with a null field is unknown, {@code not} keeps
 *       unknown, and a filter answers the rows for which it is TRUE.
 *   <li>Numbers compare as numbers, exactly, also longs with doubles; constants are rounded to
 *       float for fields of type Float. Arithmetic on integers is 64 bits wide and wraps.
 *   <li>Inside JSON that is not null, a missing key, a JSON null, or a value of another type makes
 *       every comparison false but {@code !=}, which is true; {@code not in} is the negation of
 *       {@code in}. The dynamic field is never null, a row without it has no keys.
 *   <li>An element behind the end of an array makes every comparison false, {@code !=} too.
 *   <li>Strings are ordered by their UTF-8 bytes.
 * </ul>
 */
package dev.sagitta.engine.filter;
