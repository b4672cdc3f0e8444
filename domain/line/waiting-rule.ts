import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { Role } from './role.ts';

/** What an idle machine is to its neighbours, and whether that was reported or inferred. */
export interface Seen {
  readonly role: Exclude<Role, 'idle'>;
  readonly inferred: boolean;
}

/** How waiting is told of machines that never report it. */
export interface WaitingRule extends CatalogueEntry {
  readonly why: { readonly zh: string; readonly en: string };
  /** What the idle machine at a place is; `inferable`: for which machines the rule holds. */
  see(at: number, roles: readonly Role[], inferable: readonly boolean[]): Seen;
}
