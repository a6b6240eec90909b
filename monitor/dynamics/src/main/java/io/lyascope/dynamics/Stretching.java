package io.lyascope.dynamics;

import java.util.List;
import java.util.Optional;

/**
 * What a network does to the surroundings of one input.
 *
 * @param exponent (1/L) log sigma_1 of the Jacobian
 * @param direction the unit vector of input space that is stretched most, zeros where nothing gets
 *     through; its largest component is positive
 * @param spectrum (1/L) log sigma_i, descending
 */
record Stretching(
    double exponent, Optional<List<Double>> direction, Optional<List<Double>> spectrum) {}
