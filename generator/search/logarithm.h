/*
 * The natural logarithm to the last bit, on every machine: that of the C library differs from
 * JavaScript's, and from one machine to the next, and the index must not.
 */
#ifndef DRAAIBOEK_LOGARITHM_H
#define DRAAIBOEK_LOGARITHM_H

/* ln(x) for a finite x of at least 1. */
double logarithm(double x);

#endif
