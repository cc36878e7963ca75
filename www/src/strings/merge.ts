/** A dictionary of which any part may be missing. */
export type Partly<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { [Key in keyof T]?: Partly<T[Key]> }
    : T;

/** `base`, with everything that `over` has to say put in its place. */
export function merge<T extends object>(base: T, over: Partly<T>): T {
  const merged = new Map<string, unknown>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const former = merged.get(key);
    merged.set(key, isDictionary(former) && isDictionary(value) ? merge(former, value) : value);
  }
  return Object.fromEntries(merged) as T;
}

function isDictionary(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
