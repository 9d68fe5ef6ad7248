package io.github.primesim.hardware;

/**
 * What there is how many times. Source: PRIME, III and V-A.
 *
 * @param banks banks that compute, 64 in PRIME's results
 * @param arraysPerMat arrays of a logical mat: two weight halves times two signs
 * @param arrayRows wordlines of an undivided array
 * @param arrayBitlines bitlines of an undivided array
 * @param crossbarRows wordlines of the crossbars an array is divided into
 * @param crossbarBitlines bitlines of the crossbars an array is divided into
 * @param bitlinesPerSenseAmplifier bitlines that share one sense amplifier
 * @param sharedSenseAmplifiers whether a mat divided into smaller crossbars keeps its number of
 *     sense amplifiers (true) or every crossbar gets its own (false)
 * @param reorderBuffer whether results can be scattered to other places than their bitlines', as
 *     mappings need that move columns
 * @param inputGather whether wordlines can get other inputs than those of their place, as mappings
 *     need that move rows
 * @param inputLatchesPerWordline input vectors a wordline driver can hold, the one in use included
 * @param outputRegistersPerMat results of mat operations that can wait to be merged
 * @param matAccumulatorBanks banks of the accumulator that adds partial sums inside a mat
 * @param subarrayAccumulatorBanks banks of the accumulator that merges the mats of a subarray
 * @param reorderPortsPerSubarray results a reorder buffer can scatter at the same time
 * @param portsPerFfSubarray private ports between an FF subarray and the Buffer subarray
 * @param bufferReadPorts reads the Buffer subarray serves at the same time
 * @param bufferWritePorts writes the Buffer subarray serves at the same time
 * @param globalDataLinesPerBank transfers between memory and Buffer subarrays at the same time
 * @param interBankPaths transfers between banks at the same time
 * @param bufferedImages images whose activations a Buffer subarray holds between two layers
 */
public record Organization(
    Quantity banks,
    Quantity chipsPerRank,
    Quantity banksPerChip,
    Quantity subarraysPerBank,
    Quantity ffSubarraysPerBank,
    Quantity bufferSubarraysPerBank,
    Quantity matsPerFfSubarray,
    Quantity arraysPerMat,
    Quantity arrayRows,
    Quantity arrayBitlines,
    Quantity crossbarRows,
    Quantity crossbarBitlines,
    Quantity bitlinesPerSenseAmplifier,
    boolean sharedSenseAmplifiers,
    boolean reorderBuffer,
    boolean inputGather,
    Quantity inputLatchesPerWordline,
    Quantity outputRegistersPerMat,
    Quantity matAccumulatorBanks,
    Quantity subarrayAccumulatorBanks,
    Quantity reorderPortsPerSubarray,
    Quantity portsPerFfSubarray,
    Quantity bufferReadPorts,
    Quantity bufferWritePorts,
    Quantity globalDataLinesPerBank,
    Quantity interBankPaths,
    Quantity activationUnitsPerFfSubarray,
    Quantity poolingUnitsPerBank,
    Quantity elementwiseUnitsPerBank,
    Quantity bufferedImages) {}
