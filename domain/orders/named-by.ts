/** What a value of `order` or `product` names; an empty one names nothing. */
export const namedBy = (value: unknown): string | null =>
  value === undefined || value === '' ? null : String(value);
