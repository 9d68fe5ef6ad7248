/** Commands, options, exit codes: the contract with shells and scripts. */
package io.github.primesim.cli;
