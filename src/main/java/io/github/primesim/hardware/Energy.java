package io.github.primesim.hardware;

import java.util.List;

/**
 * Energy of each action, in picojoules. The energy of the arrays is not here: it follows from
 * {@link Cell}.
 *
 * @param conversionPj energy of a conversion at 1, 2, 3, ... bits
 * @param wordlineDrivePj driving one wordline for one slice
 * @param latchPjPerBit writing an input latch
 * @param multiplexerPj switching one bitline pair to its sense amplifier
 * @param subtractionPj one analog subtraction of a bitline pair
 * @param precisionAddPj one addition in the precision control behind a sense amplifier
 * @param matAccumulationPj one addition in the accumulator of a mat
 * @param subarrayAccumulationPj one addition in the accumulator of a subarray
 * @param indexReadPjPerBit reading the index memory of the reorder buffer
 * @param scatterPj routing one result to its accumulator bank
 * @param gatherPj routing one input to its wordline
 * @param programPjPerCell writing one cell; in the result beside the energy of inferences
 */
public record Energy(
    List<Quantity> conversionPj,
    Quantity wordlineDrivePj,
    Quantity latchPjPerBit,
    Quantity multiplexerPj,
    Quantity subtractionPj,
    Quantity precisionAddPj,
    Quantity matAccumulationPj,
    Quantity subarrayAccumulationPj,
    Quantity indexReadPjPerBit,
    Quantity scatterPj,
    Quantity gatherPj,
    Quantity activationPj,
    Quantity poolingPj,
    Quantity elementwisePj,
    Quantity bufferReadPjPerBit,
    Quantity bufferWritePjPerBit,
    Quantity portPjPerBit,
    Quantity globalDataLinePjPerBit,
    Quantity interBankPjPerBit,
    Quantity memoryReadPjPerBit,
    Quantity memoryWritePjPerBit,
    Quantity commandPj,
    Quantity programPjPerCell) {
  public Energy {
    conversionPj = List.copyOf(conversionPj);
  }
}
