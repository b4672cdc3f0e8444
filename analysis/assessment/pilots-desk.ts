import { type PilotConflict, type PlacedPilot, pilotConflicts } from '../../domain/assess/pilot-conflicts.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { type AssessmentDesk, AssessmentRefused, type PilotShelf } from './port.ts';

/** A pilot that is declared in a file beside the configuration. */
export interface FilePilot {
  readonly pilot: Pilot;
  readonly file: string;
}

export type KnownPilot = ReturnType<AssessmentDesk['pilot']>;

/** The part of the desk that is about pilots. */
export interface PilotsDesk extends Pick<AssessmentDesk, 'pilots' | 'pilot' | 'savePilots'> {
  /** Refuses what `savePilots` would refuse, and saves nothing. */
  checkPilots(pilots: readonly Pilot[]): void;
  /** Pilots of the register that are left out because a file, read later, claims their id or a site of theirs. */
  conflicts(): readonly PilotConflict[];
}

interface Placed extends PlacedPilot {
  readonly pilot: KnownPilot;
}

/** The pilots of the register and of the files, as one list. Where the two disagree, the file has the first word. */
export function createPilotsDesk({
  shelf,
  files,
}: {
  readonly shelf: PilotShelf;
  readonly files: readonly FilePilot[];
}): PilotsDesk {
  const declared = files.map(
    ({ pilot, file }): Placed => ({
      pilot: { ...pilot, from: 'file' },
      place: { zh: `文件 ${file}`, en: `the file ${file}` },
    }),
  );
  const all = (): readonly Placed[] => [...declared, ...shelf.list().map(inRegister)];

  function pilots(): readonly KnownPilot[] {
    const placed = all();
    const left = new Set(pilotConflicts(placed).map(({ second }) => second));
    return placed
      .filter((one) => !left.has(one))
      .map(({ pilot }) => pilot)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** One pilot of the register, unless a file claims a site of it. The register itself holds no conflicts. */
  function registered(id: string): KnownPilot | undefined {
    const kept = shelf.get(id);
    if (kept === undefined) return undefined;
    const placed = inRegister(kept);
    return pilotConflicts([...declared, placed]).some(({ second }) => second === placed)
      ? undefined
      : placed.pilot;
  }

  function checkPilots(given: readonly Pilot[]): void {
    for (const { id } of given) {
      const owner = declared.find(({ pilot }) => pilot.id === id);
      if (owner) {
        const message = `the pilot "${id}" is declared in ${owner.place.en}, and can be changed only there`;
        throw new AssessmentRefused('pilot-from-file', 'id', message);
      }
    }
    const ids = new Set(given.map(({ id }) => id));
    const wanted = given.map((pilot): Placed => ({ pilot: { ...pilot, from: 'register' }, place: REQUEST }));
    const staying = all().filter(({ pilot }) => !ids.has(pilot.id));
    // A conflict among those that stay is older than this request, and not its fault.
    const conflict = pilotConflicts([...staying, ...wanted]).find(({ second }) =>
      wanted.includes(second as Placed),
    );
    if (conflict) {
      const parameter = conflict.kind === 'id' ? 'id' : 'sites';
      throw new AssessmentRefused('pilot-conflict', parameter, conflict.message.en);
    }
  }

  return {
    pilots,
    pilot(id) {
      const found = declared.find(({ pilot }) => pilot.id === id)?.pilot ?? registered(id);
      if (found) return found;
      const message = `there is no pilot "${id}"; ${knownAs(pilots().map((pilot) => pilot.id))}`;
      throw new AssessmentRefused('pilot-not-found', 'pilot', message);
    },
    checkPilots,
    savePilots(given) {
      checkPilots(given);
      try {
        shelf.put(given);
      } catch (error) {
        // Another process may have saved a rival between the check and the write.
        checkPilots(given);
        throw error;
      }
    },
    conflicts: () => pilotConflicts(all()),
  };
}

/** A programme may have thousands. */
const MOST_NAMED = 10;

function knownAs(ids: readonly string[]): string {
  if (ids.length === 0) return 'none is registered yet';
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  return `known are: ${ids.slice(0, MOST_NAMED).join(', ')}${more}`;
}

const REQUEST = { zh: '本次提交', en: 'this request' };

const inRegister = (pilot: Pilot): Placed => ({
  pilot: { ...pilot, from: 'register' },
  place: { zh: '台账', en: 'the register' },
});
