/** Gives the proxy's services to the front ends. */
package dev.sagitta.proxy.bean;
