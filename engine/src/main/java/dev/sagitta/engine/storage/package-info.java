/** What all our files share: names, headers, checksums, and the three ways to be unusable. */
package dev.sagitta.engine.storage;
