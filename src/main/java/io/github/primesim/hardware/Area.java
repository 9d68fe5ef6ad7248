package io.github.primesim.hardware;

/**
 * Area of one instance of each component, in square microns.
 *
 * @param featureNm feature size F
 * @param cellF2 area of a cell in units of F squared
 * @param arraysAbovePeriphery whether the arrays lie above their periphery and add no area
 */
public record Area(
    Quantity featureNm,
    Quantity cellF2,
    boolean arraysAbovePeriphery,
    Quantity wordlineDriverUm2,
    Quantity columnMultiplexerUm2,
    Quantity senseAmplifierUm2,
    Quantity precisionControlUm2,
    Quantity accumulatorBankUm2,
    Quantity reorderPortUm2,
    Quantity indexMemoryUm2PerBit,
    Quantity gatherPortUm2,
    Quantity activationUnitUm2,
    Quantity poolingUnitUm2,
    Quantity elementwiseUnitUm2,
    Quantity bufferSubarrayUm2,
    Quantity ffPortUm2,
    Quantity globalDataLinesUm2,
    Quantity interBankPathUm2,
    Quantity memorySubarrayUm2,
    Quantity controllerUm2) {}
