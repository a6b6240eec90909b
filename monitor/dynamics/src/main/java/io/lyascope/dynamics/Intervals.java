package io.lyascope.dynamics;

import java.util.List;
import java.util.Optional;

/**
 * 95 % intervals of a spectrum and of what is derived from it.
 *
 * <p>They come from batches of the counted steps. Ten or more sequences are a batch each; fewer are
 * cut into blocks of time, so that there are at least ten batches. Batches count as independent,
 * which blocks of time are once they are longer than the network remembers. An interval is the
 * value plus and minus Student's t times the standard error of the delete-one-batch jackknife,
 * weighted by the batches' lengths (Busing, Meijer and van der Leeden, Statistics and Computing 9,
 * 3, 1999). For an exponent that is the standard error of the mean of batch means. Max, min,
 * entropy rate and Kaplan-Yorke dimension are no means: evaluated batch by batch they would be
 * biased, since the largest of noisy numbers is too large, while leaving one batch out moves them
 * only a little around their value.
 *
 * <p>Two quantities have a kink or a jump where an exponent is zero, of which the replicates see
 * nothing as long as they stay on one side. Where the interval of the largest exponent reaches
 * above zero, so does that of the entropy rate, which is at least as large; where it contains zero,
 * that of the dimension contains 0 and 1, between which the dimension jumps there.
 *
 * @param max of the largest exponent
 * @param min of the smallest, unknown where that is negative infinity
 * @param entropyRate never negative
 * @param kaplanYorkeDimension never negative; empty where the dimension is, or one of the
 *     replicates'
 * @param exponents in the order of the exponents
 */
public record Intervals(
    Interval max,
    Interval min,
    Interval entropyRate,
    Optional<Interval> kaplanYorkeDimension,
    List<Interval> exponents) {}
