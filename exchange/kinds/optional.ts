import type { Kind } from '../column.ts';

/** A kind whose cell may be empty, which is `null`. */
export const optional = <V>(kind: Kind<V>): Kind<V | null> => ({
  ...kind,
  read: (cell, context) => kind.read(cell, context),
  write: (value) => (value === null ? null : kind.write(value)),
});
