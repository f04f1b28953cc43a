/** Highlighting: pieces of texts around the words that a search matched. */
package dev.sagitta.rest.highlight;
