/** Numbers as people read them. */

import { LOCALE } from "../strings";

function formatter(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = new Intl.NumberFormat(LOCALE, options);
  return (value) => (Number.isFinite(value) ? format.format(value) : MISSING);
}

/** Stands for a number that is not there. */
export const MISSING = "–";

/** A whole number with its thousands apart: `1,204`. */
export const whole = formatter({ maximumFractionDigits: 0 });

const percentDigits = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

const roundPercent = formatter({ maximumFractionDigits: 1 });

/** A share as a percentage on an axis: `97.5 %`, `100 %`. */
export function percentTick(share: number): string {
  return `${roundPercent(100 * share)}\u00a0%`;
}

const threeDigits = formatter({ maximumSignificantDigits: 3 });

/** A value on an axis. */
export function tick(value: number): string {
  return threeDigits(value);
}

/** A share as a percentage: `97.6 %`. Only all of it is shown as 100. */
export function percent(share: number): string {
  const rounded = share < 1 ? Math.min(100 * share, 99.9) : 100 * share;
  return Number.isFinite(share) ? `${percentDigits(rounded)}\u00a0%` : MISSING;
}

const threeDecimals = formatter({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
const fourDecimals = formatter({ minimumFractionDigits: 4, maximumFractionDigits: 4 });
const scientific = formatter({ notation: "scientific", maximumFractionDigits: 1 });

/** A loss in nats: `0.081`, with one digit more where it is small. */
export function nats(loss: number): string {
  if (loss >= 1000) return scientific(loss);
  return loss < 0.1 ? fourDecimals(loss) : threeDecimals(loss);
}

const significant = formatter({ maximumSignificantDigits: 2 });

/** A rate, rounded so that it does not flicker: two digits are known, the rest is noise. */
export function rate(value: number): string {
  return significant(value);
}

/** A value as it is typed into a field: no thousands, no rounding, exponents only where short. */
export function typed(value: number): string {
  if (!Number.isFinite(value)) return "";
  const plain = String(value);
  return Math.abs(value) >= 1e-6 || value === 0 ? plain : value.toExponential();
}
