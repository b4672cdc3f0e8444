import { z } from 'zod';
import { jsonRoute } from '../route.ts';
import { machineNow, machineNowOf } from '../wire/machine.ts';
import { iso, time } from '../wire/scalars.ts';

/** Every machine as it stands now. */
export const plant = jsonRoute({
  id: 'plant',
  method: 'get',
  path: '/api/v1/plant',
  summary: { zh: '全部机器的当前状态', en: 'How every machine stands now' },
  params: z.strictObject({}),
  answer: z.strictObject({ asOf: time, machines: z.array(machineNow) }).meta({ id: 'Plant' }),
  problems: ['store-unavailable'],
  async handler(_question, { analysis }) {
    const { asOf, machines } = await analysis.plant();
    return { asOf: iso(asOf), machines: machines.map(machineNowOf) };
  },
});
