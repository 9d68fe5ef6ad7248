package io.github.primesim.trace;

/** A step of a program: a loop, commands that run together, or a single command. */
public sealed interface Step permits Loop, Together, Command {}
