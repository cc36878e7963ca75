/** The multiples of 1, 2 or 5 times a power of ten within a range, about as many as are wanted. */
export function roundNumbers(low: number, high: number, wanted = 6): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const numbers: number[] = [];
  // Products of such steps are off by some bits, which a label would show.
  for (let i = Math.ceil(low / step); i * step <= high; i += 1) {
    numbers.push(Number((i * step).toPrecision(12)));
  }
  return numbers;
}
