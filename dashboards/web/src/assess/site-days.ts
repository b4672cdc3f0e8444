import type { Pilot } from '../../../../domain/assess/register.ts';
import { ask, type MachineDetail, type Plant } from '../api.ts';
import type { SiteDays } from './periods.ts';

/** How a pilot's days are counted: as the first machine of its sites has it; without one, midnight where the reader is. */
export async function siteDaysOf(pilot: string, signal: AbortSignal): Promise<SiteDays> {
  const { sites } = await ask<Pick<Pilot, 'sites'>>(`/pilots/${encodeURIComponent(pilot)}`, { signal });
  const { machines } = await ask<Plant>('/plant', { signal });
  const first = machines.find(({ path }) => sites.some((site) => path.startsWith(`${site}/`)));
  const own: SiteDays = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, dayStartMs: 0 };
  if (!first) return own;
  const address = first.path.split('/').map(encodeURIComponent).join('/');
  const { config } = await ask<MachineDetail>(`/machines/${address}`, { signal });
  return daysOf(config);
}

/** How a machine's site counts its days. */
export const daysOf = ({ zone, dayStart }: MachineDetail['config']): SiteDays => ({
  zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  dayStartMs: msOf(dayStart),
});

function msOf(clock = '00:00'): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
