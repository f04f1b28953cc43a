/** The servlets: thin, they only move bytes and headers between container and dispatcher. */
package dev.sagitta.rest.servlet;
