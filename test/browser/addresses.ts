import { HAIDA } from '../analysis/assessment/bureau.ts';
import type { AssessService } from './assess-service.ts';

/** An address for each view of the page, of a service that has assessed a pilot by now. */
export async function addressesOf(service: AssessService): Promise<Readonly<Record<string, string>>> {
  const { machines } = (await (await fetch(`${service.url}/api/v1/plant`)).json()) as {
    machines: { path: string; lastHeard: string | null }[];
  };
  const body = JSON.stringify({
    ...{ pilot: HAIDA.id, rubric: 'zj-future-factory' },
    ...{ from: '2026-01-05T08:00:00+08:00', to: '2026-01-12T08:00:00+08:00' },
  });
  const headers = { 'content-type': 'application/json' };
  const made = await fetch(`${service.url}/api/v1/assessments`, { method: 'POST', headers, body });
  const { id } = (await made.json()) as { id: number };
  const machine = machines.find(({ lastHeard }) => lastHeard !== null)?.path ?? '';
  const line = machine.slice(0, machine.lastIndexOf('/'));
  const span = 'from=2026-01-06T00:00:00Z&to=2026-01-06T12:00:00Z';
  return {
    plant: '/',
    line: `/lines/${line}?window=2026-01-06`,
    calendar: `/calendar/${machine}?month=2026-01`,
    shift: `/shift-report/${line}?day=2026-01-06&shift=day`,
    machine: `/machines/${machine}?window=2026-01-06`,
    observations: `/machines/${machine}/observations?${span}`,
    orders: `/orders?scope=${line}&from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z`,
    health: '/health',
    explain: `/health/explain?topic=kaidong/v1/${machine}&payload=${encodeURIComponent('{"state":"running"}')}`,
    programme: '/programme?rubric=zj-future-factory',
    pilot: `/pilots/haida?assessment=${id}`,
    indicator: `/pilots/haida/indicators/q2?assessment=${id}`,
    stops: `/stops?machine=${machine}`,
    nowhere: '/nothing/here',
  };
}
