/*
 * log() of fdlibm 5.3, which V8 uses for Math.log(), less the cases for numbers below 1.
 * https://www.netlib.org/fdlibm/e_log.c
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that
 * this notice is preserved.
 */
#include "search/logarithm.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10
#define LG1 6.666666666666735130e-01
#define LG2 3.999999999940941908e-01
#define LG3 2.857142874366239149e-01
#define LG4 2.222219843214978396e-01
#define LG5 1.818357216161805012e-01
#define LG6 1.531383769920937332e-01
#define LG7 1.479819860511658591e-01

/* x = 2^k * (1 + f), with 1 + f between sqrt(2)/2 and sqrt(2). `high` is of f's binary form. */
struct parts {
	double k;
	double f;
	int32_t high;
};

static struct parts split(double x)
{
	struct parts parts;
	uint64_t bits;
	int32_t high, carry;

	memcpy(&bits, &x, sizeof(bits));
	high = (int32_t)(bits >> 32);
	parts.high = high & 0x000fffff;
	carry = (parts.high + 0x95f64) & 0x100000;
	parts.k = (high >> 20) - 1023 + (carry >> 20);
	bits = (bits & 0xffffffffU) | (uint64_t)(parts.high | (carry ^ 0x3ff00000)) << 32;
	memcpy(&x, &bits, sizeof(x));
	parts.f = x - 1.0;
	return parts;
}

double logarithm(double x)
{
	struct parts parts = split(x);
	double k = parts.k, f = parts.f;
	double half, r, s, w, z;

	assert(x >= 1.0);
	if ((0x000fffff & (2 + parts.high)) < 3) { /* |f| < 2^-20 */
		if (f == 0.0)
			return k * LN2_HIGH + k * LN2_LOW;
		r = f * f * (0.5 - 0.33333333333333333 * f);
		if (k == 0.0)
			return f - r;
		return k * LN2_HIGH - ((r - k * LN2_LOW) - f);
	}
	s = f / (2.0 + f);
	z = s * s;
	w = z * z;
	r = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7))) + w * (LG2 + w * (LG4 + w * LG6));
	if (((parts.high - 0x6147a) | (0x6b851 - parts.high)) > 0) {
		half = 0.5 * f * f;
		if (k == 0.0)
			return f - (half - s * (half + r));
		return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
	}
	if (k == 0.0)
		return f - s * (f - r);
	return k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f);
}
