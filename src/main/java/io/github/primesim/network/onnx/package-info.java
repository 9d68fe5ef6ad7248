/**
 * Networks in ONNX files: the operators of a graph as layers, whatever depends on constants alone
 * computed at import, its initialisers as weights.
 *
 * <p>Reshaping, transposing, slicing and repeating become strides of a {@link
 * io.github.primesim.network.onnx.Signal}; a view is made only where a layer needs its values in
 * another order.
 */
package io.github.primesim.network.onnx;
