import type { DatabaseSync } from 'node:sqlite';
import type { Pilot } from '../domain/assess/register.ts';
import { inTransaction } from './transaction.ts';

/** The register of pilots. Every write is durable on return, and whole or not at all. */
export function openPilots(db: DatabaseSync) {
  const all = db.prepare('SELECT pilot FROM pilot ORDER BY id');
  const one = db.prepare('SELECT pilot FROM pilot WHERE id = ?');
  const put = db.prepare(
    'INSERT INTO pilot VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET pilot = excluded.pilot',
  );
  const leaveSites = db.prepare('DELETE FROM pilot_site WHERE pilot = ?');
  const takeSite = db.prepare('INSERT INTO pilot_site VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM pilot WHERE id = ?');
  const pilotOf = (row: Record<string, unknown>): Pilot => JSON.parse(row.pilot as string) as Pilot;

  return {
    /** By id. */
    list(): readonly Pilot[] {
      return all.all().map(pilotOf);
    },

    get(id: string): Pilot | undefined {
      const row = one.get(id);
      return row && pilotOf(row);
    },

    /** Puts all or none; replaces those with the same id. Throws where a site would belong to two pilots. */
    put(pilots: readonly Pilot[]): void {
      if (pilots.length === 0) return;
      inTransaction(db, () => {
        // Sites are left first and taken afterwards, so that they can pass from one pilot to another.
        for (const pilot of pilots) {
          put.run(pilot.id, JSON.stringify(pilot));
          leaveSites.run(pilot.id);
        }
        for (const { id, sites } of pilots) for (const site of new Set(sites)) takeSite.run(site, id);
      });
    },

    /** Whether there was one of that id. */
    remove(id: string): boolean {
      return remove.run(id).changes > 0;
    },
  };
}
