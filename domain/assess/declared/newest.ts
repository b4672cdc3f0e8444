import type { DeclaredFigure, Pilot } from '../register.ts';

/** What the enterprise states of a figure; of several statements the newest, and the last of one day. */
export function declaredOf(
  { declared }: Pick<Pilot, 'declared'>,
  figure: string,
  role: DeclaredFigure['role'],
): DeclaredFigure | undefined {
  let newest: DeclaredFigure | undefined;
  for (const statement of declared) {
    if (statement.figure !== figure || statement.role !== role) continue;
    if (newest === undefined || statement.date >= newest.date) newest = statement;
  }
  return newest;
}
