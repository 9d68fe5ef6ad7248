/**
 * Reports: results as JSON documents, CSV rows and terminal tables. Together with {@code config}
 * the only package that knows Jackson.
 */
package io.github.primesim.report;
