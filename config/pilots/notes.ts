import { pilotNotes } from '../../domain/assess/pilot-notes.ts';
import type { PilotFile } from './load.ts';

/** What is allowed in pilot files, and yet probably not meant. */
export const notesOnPilots = (pilots: readonly PilotFile[]): string[] =>
  pilots.flatMap(({ pilot, file }) =>
    pilotNotes(pilot).map(({ path, message }) => `${file}: ${path.join('.')}: ${message.en}`),
  );
