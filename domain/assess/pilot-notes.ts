import { inScope } from '../path.ts';
import { creditCodeDoubt, readCreditCode } from './credit-code.ts';
import type { Bilingual, Pilot } from './register.ts';

/** Something that a pilot may have, and that is probably not meant. */
export interface PilotNote {
  readonly path: readonly (string | number)[];
  readonly message: Bilingual;
}

/** What to look at again: a credit code that fails its check, equipment whose telemetry lies outside the pilot's sites. */
export function pilotNotes({ enterprise: { creditCode }, sites, equipment }: Pilot): readonly PilotNote[] {
  const doubt = creditCode === null ? null : readCreditCode(creditCode).doubt;
  return [
    ...(doubt === null ? [] : [{ path: ['enterprise', 'creditCode'], message: creditCodeDoubt(doubt) }]),
    ...equipment.flatMap(({ machine }, index) =>
      machine === null || sites.some((site) => inScope(machine, site)) ? [] : [outside(machine, index)],
    ),
  ];
}

const outside = (machine: string, index: number): PilotNote => ({
  path: ['equipment', index, 'machine'],
  message: {
    zh: `“${machine}”不在本试点的厂区内`,
    en: `"${machine}" lies in none of the pilot's sites`,
  },
});
