/** Brings what this node serves in line with the catalog: loads, attaches indexes, releases. */
package dev.sagitta.query.load;
