/** The patterns that a compiled JSONPath asks for with `match` and `search`, as far as they stand in it (RFC 9535, 2.4.6 and 2.4.7). */
export function* patternsOf(compiled: unknown): Generator<string> {
  if (typeof compiled !== 'object' || compiled === null) return;
  if (Array.isArray(compiled)) {
    for (const part of compiled) yield* patternsOf(part);
    return;
  }
  const { name, args } = compiled as { readonly name?: unknown; readonly args?: readonly unknown[] };
  if ((name === 'match' || name === 'search') && Array.isArray(args)) {
    const { value } = (args[1] ?? {}) as { readonly value?: unknown };
    if (typeof value === 'string') yield value;
  }
  for (const [key, part] of Object.entries(compiled)) {
    // What the library works with, and where in the text a part stands.
    if (key !== 'environment' && key !== 'token') yield* patternsOf(part);
  }
}
