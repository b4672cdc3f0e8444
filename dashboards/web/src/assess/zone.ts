import type { Pilot } from '../../../../domain/assess/register.ts';
import { ask, type MachineDetail, type Plant } from '../api.ts';

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that a pilot's days are meant in: that of the first machine of its sites; without one, the reader's own. */
export async function zoneOf(pilot: string, signal: AbortSignal): Promise<string> {
  const { sites } = await ask<Pick<Pilot, 'sites'>>(`/pilots/${encodeURIComponent(pilot)}`, { signal });
  const { machines } = await ask<Plant>('/plant', { signal });
  const first = machines.find(({ path }) => sites.some((site) => path.startsWith(`${site}/`)));
  if (!first) return ownZone();
  const address = first.path.split('/').map(encodeURIComponent).join('/');
  const { config } = await ask<MachineDetail>(`/machines/${address}`, { signal });
  return config.zone ?? ownZone();
}
