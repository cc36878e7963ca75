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
  const small = value !== 0 && Math.abs(value) < 1e-4;
  return small || Math.abs(value) >= 1e6 ? scientific(value) : threeDigits(value);
}

const clockDigits = formatter({ minimumIntegerDigits: 2 });

/** A span of time on a clock: `0:07`, `12:05`, `1:02:05`. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return MISSING;
  const passed = Math.floor(seconds);
  const hours = Math.floor(passed / 3600);
  const minutes = Math.floor((passed % 3600) / 60);
  const rest = clockDigits(passed % 60);
  return hours > 0 ? `${hours}:${clockDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const noDigits = formatter({ maximumFractionDigits: 0 });

/** A share as a round percentage: `62 %`. */
export function wholePercent(share: number): string {
  return `${noDigits(100 * share)}\u00a0%`;
}

/** A share as a percentage: `97.6 %`. Only all of it is shown as 100. */
export function percent(share: number): string {
  const rounded = share < 1 ? Math.min(100 * share, 99.9) : 100 * share;
  return Number.isFinite(share) ? `${percentDigits(rounded)}\u00a0%` : MISSING;
}

/** A share as it is set, with two decimals: `0.97`. */
export const hundredths = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

const threeDecimals = formatter({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
const fourDecimals = formatter({ minimumFractionDigits: 4, maximumFractionDigits: 4 });
const scientific = formatter({ notation: "scientific", maximumFractionDigits: 1 });

/** A loss in nats: `0.081`, with one digit more where it is small. */
export function nats(loss: number): string {
  if (loss >= 1000) return scientific(loss);
  return loss < 0.1 ? fourDecimals(loss) : threeDecimals(loss);
}

const short = formatter({ notation: "compact", maximumSignificantDigits: 3 });

/** A large number in short: `218K`. */
export function compact(value: number): string {
  return short(value);
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** An amount of memory, a kilobyte being 1000 bytes: `3.24 MB`. */
export function bytes(value: number): string {
  const step = Math.floor(Math.log10(Math.max(value, 1)) / 3);
  const at = Math.min(step, BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[at] ?? "byte";
  const options = {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  } as const;
  return formatter(options)(value / 1000 ** at);
}

/** A figure between 0 and 1, or a log-loss, as reports have it: `0.9944`. */
export const figure = fourDecimals;

const twoDecimals = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A share as a percentage as reports have it: `97.42 %`. Only all of it is shown as 100. */
export function precisePercent(share: number): string {
  const rounded = share < 1 ? Math.min(100 * share, 99.99) : 100 * share;
  return Number.isFinite(share) ? `${twoDecimals(rounded)}\u00a0%` : MISSING;
}

const signedWhole = formatter({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
const cellDigits = formatter({ maximumFractionDigits: 1 });
const signedCellDigits = formatter({ maximumFractionDigits: 1, signDisplay: "exceptZero" });

/** A difference of whole numbers, with its sign: `+12`. */
export const signed = signedWhole;

/** A share in percent for a narrow cell: `97`, `2.4`. Only all of it is shown as 100. */
export function cellPercent(share: number): string {
  if (share < 0.0995) return cellDigits(100 * share);
  return noDigits(share < 1 ? Math.min(100 * share, 99) : 100 * share);
}

/** A difference of shares in percentage points for a narrow cell, with its sign: `+2.4`, `−13`. */
export function signedCellPercent(share: number): string {
  return Math.abs(share) < 0.0995 ? signedCellDigits(100 * share) : signedWhole(100 * share);
}

const significant = formatter({ maximumSignificantDigits: 2 });

/** A rate, rounded so that it does not flicker: two digits are known, the rest is noise. */
export function rate(value: number): string {
  return significant(value);
}

/** A duration in seconds, with a digit more where there are few: `4.2`, `38`. */
export function seconds(value: number): string {
  return value < 10 ? significant(value) : whole(value);
}

/** What stands before the decimals: a point, or in German a comma. */
const DECIMAL =
  new Intl.NumberFormat(LOCALE).formatToParts(0.5).find(({ type }) => type === "decimal")?.value ??
  ".";

/** A value as it is typed into a field: no thousands, no rounding, exponents only where short. */
export function typed(value: number): string {
  if (!Number.isFinite(value)) return "";
  const plain = Math.abs(value) >= 1e-6 || value === 0 ? String(value) : value.toExponential();
  return plain.replace(".", DECIMAL);
}

const allDigits = new Intl.NumberFormat("en", {
  useGrouping: false,
  maximumSignificantDigits: 15,
});

/** A value in markup: every digit, no exponent, the same in every language: `0.00000001`. */
export function writtenOut(value: number): string {
  return allDigits.format(value);
}

/** What was typed into a field, written as numbers are in an address. */
export function untyped(text: string): string {
  return text.replace(DECIMAL, ".");
}
