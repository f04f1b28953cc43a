/** Settings: names, defaults, meanings, in one place. */
package dev.sagitta.engine.configuration;
