/**
 * Makes an effect, or a derived value, be made anew when something changes that it does not use by
 * itself, as the colours of the page for what is drawn in them. To be read is enough.
 */
export function dependOn(...values: unknown[]): readonly unknown[] {
  return values;
}
