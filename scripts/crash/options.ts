/**
 * Parses the options of a crash run as numbers.
 * @throws Error naming an option that is not a positive number.
 */
export function positiveNumbers<Name extends string>(
  values: Record<Name, string | undefined>,
): Record<Name, number> {
  const numbers = Object.entries<string | undefined>(values).map(([name, text]) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value <= 0) {
      throw new Error(`--${name} must be a positive number, not "${text}".`);
    }
    return [name, value];
  });
  return Object.fromEntries(numbers) as Record<Name, number>;
}
