package io.github.primesim.hardware;

/**
 * How much fits into a memory.
 *
 * @param matRows rows of the weight matrix a mat holds
 * @param matColumns columns of the weight matrix a mat holds
 * @param mats mats of all FF subarrays of the chip
 * @param weights signed weights of all of them, each sign having its cells
 * @param ffSubarrayBits bits of an FF subarray in memory mode, one per cell
 * @param memoryBits bits of all subarrays if each was like an FF subarray. Source: for PRIME this
 *     is a quarter of the 16 GB it states; its figures do not close here
 */
public record Capacity(
    int matRows, int matColumns, long mats, long weights, long ffSubarrayBits, double memoryBits) {

  /** The capacity of {@code spec} with crossbars of {@code geometry}, without empty crossbars. */
  public static Capacity of(HardwareSpec spec, CrossbarGeometry geometry) {
    Organization organization = spec.organization();
    int arrayRows = organization.arrayRows().count();
    int rowBlocks = Math.max(1, arrayRows / geometry.rows());
    int matRows = rowBlocks * geometry.rows();
    int slotsPerWeight = geometry.signs() == SignScheme.PAIRS ? 1 : 2;
    int matColumns =
        geometry.slotsPerMat() / rowBlocks / slotsPerWeight * geometry.weightsPerWordline();
    long ffSubarrays =
        (long) organization.banks().count() * organization.ffSubarraysPerBank().count();
    long mats = ffSubarrays * geometry.matsPerFfSubarray();
    long ffSubarrayBits =
        (long) organization.matsPerFfSubarray().count()
            * organization.arraysPerMat().count()
            * arrayRows
            * organization.arrayBitlines().count();
    return new Capacity(
        matRows,
        matColumns,
        mats,
        mats * matRows * matColumns,
        ffSubarrayBits,
        (double) ffSubarrayBits
            * organization.banks().count()
            * organization.subarraysPerBank().count());
  }
}
