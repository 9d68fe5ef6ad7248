package io.github.primesim.hardware;

/** Static power of one instance of each component, in milliwatts. ReRAM cells do not leak. */
public record Leakage(
    Quantity wordlineDriverMw,
    Quantity columnMultiplexerMw,
    Quantity senseAmplifierMw,
    Quantity precisionControlMw,
    Quantity accumulatorBankMw,
    Quantity reorderPortMw,
    Quantity indexMemoryMwPerBit,
    Quantity gatherPortMw,
    Quantity activationUnitMw,
    Quantity poolingUnitMw,
    Quantity elementwiseUnitMw,
    Quantity bufferSubarrayMw,
    Quantity ffPortMw,
    Quantity globalDataLinesMw,
    Quantity interBankPathMw,
    Quantity memorySubarrayMw,
    Quantity controllerMw) {}
