import type { Pilot } from '../domain/assess/register.ts';
import type { List } from './parts.ts';
import type { Place } from './remark.ts';

/** A pilot that there is already; those of files can be changed only there. */
export type KnownPilot = Pilot & { readonly from: 'register' | 'file' };

/** A pilot in the making, and where its parts stand. */
export interface Draft {
  pilot: Pilot;
  /** Its row in the sheet of enterprises; `null`: it is named by other sheets alone. */
  readonly place: ((key: string) => Place) | null;
  /** Where each entry of a list stands; a list that isn't here stays as it was registered. */
  readonly places: Partial<Record<List, readonly ((key: string) => Place)[]>>;
}
