/** Holds the arrows between the modules. */
package dev.sagitta.architecture;
