import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

/*
 * An hour that is asked about before the recorder's first pass, and again after a restart: why it is another then is told
 * from what it was answered by.
 */
const MACHINE = 'acme/zhoushan/press/line1/p1';
const BEGIN = Date.UTC(2026, 2, 2);
const HOUR = 3_600_000;

const WORDS = `
vocabularies: [{ id: own, base: kaidong, states: { LAEUFT: running } }]
states: [{ scope: acme, vocabulary: own }]
`;
const shiftFrom = (start: string): string => `
sites: [{ path: acme/zhoushan, zone: Asia/Shanghai, shifts: [{ id: day, start: "${start}", end: "20:00" }] }]
machines: [{ path: ${MACHINE} }]
`;

/** Runs the platform until the hour is told, after what is published then. */
async function told(cwd: string, config: string, payloads: readonly object[]): Promise<Json> {
  writeFileSync(`${cwd}/kaidong.yaml`, config);
  await using platform = await startService({ cwd, args: ['--config', 'kaidong.yaml'] });
  await using publisher = await connectPublisher(platform.mqtt);
  for (const payload of payloads) await publisher.publish(`kaidong/v1/${MACHINE}`, payload);
  await settled(platform);
  const asked = await platform.get(
    `/api/v1/ledger?scope=${MACHINE}&from=${BEGIN}&to=${BEGIN + HOUR}&by=hour`,
  );
  expect(asked.status).toBe(200);
  const { status, body } = await platform.get(
    `/api/v1/revisions/cell?machine=${MACHINE}&grain=hour&from=${BEGIN}`,
  );
  expect(status).toBe(200);
  return body.revisions.map(({ revision, causes }: Json) => [revision, causes.join(' ')]);
}

test.each([
  ['vocabulary', 'LAEUFT', WORDS + shiftFrom('08:00'), []],
  ['calendar', 'running', shiftFrom('09:00'), []],
  ['late-data', 'running', shiftFrom('08:00'), [{ ts: BEGIN + 40 * 60_000, state: 'down' }]],
])(
  '%s is the cause of what follows on an answer that was never recorded',
  async (cause, said, config, late) => {
    using folder = newFolder();
    const first = await told(folder.path, shiftFrom('08:00'), [
      { ts: BEGIN, state: said },
      { ts: BEGIN + 30 * 60_000, state: 'idle' },
      { ts: BEGIN + HOUR + 1, state: 'idle' },
    ]);
    expect(first).toEqual([[1, '']]);
    expect((await told(folder.path, config, late)).at(-1)).toEqual([2, cause]);
  },
);
