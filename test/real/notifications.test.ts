import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { newFolder, startService } from '../contracts/kaidong.ts';
import { connectPublisher } from '../contracts/publisher.ts';
import { startReceiver } from '../notify/receiver.ts';
import { skipWithoutInfluxd, startInfluxd } from './influxd.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const MINUTE_MS = 60_000;

interface Told {
  readonly event: string;
  readonly rule: string;
  readonly subject: string;
}

describe.skipIf(skipWithoutInfluxd())('ingest, recorder and API as processes of their own', () => {
  test('the recorder tells, the API takes acknowledgements, another recorder goes on after kill -9, and a store that is away is told', async () => {
    using folder = newFolder();
    await using influxd = await startInfluxd();
    const receiver = await startReceiver();
    const config = folder.file('kaidong.yaml');
    writeFileSync(
      config,
      `notify:
  channels: [{ id: crew, kind: webhook, url: "${receiver.url}", language: en }]
  rules:
    - { rule: machine-stopped, channels: [crew], forMinutes: 10, clearMinutes: 0 }
    - { rule: part-away, channels: [crew], forMinutes: 0, clearMinutes: 0 }
`,
    );
    const environment = { KAIDONG__STORE__KIND: 'influxdb1', KAIDONG__STORE__URL: influxd.url };
    const start = (role: string) =>
      startService({ cwd: folder.path, role, args: ['--config', config], environment });
    await using ingest = await start('ingest');
    await using api = await start('api');
    await using machine = await connectPublisher(ingest.mqtt);
    const say = (minutesAgo: number, state: string) =>
      machine.publish(`kaidong/v1/${MACHINE}`, { ts: Date.now() - minutesAgo * MINUTE_MS, state });
    for (const ago of [12, 6, 0]) await say(ago, 'down');

    const told = (): Told[] =>
      receiver.received.flatMap(({ body }) =>
        (JSON.parse(body) as { alerts: Told[] }).alerts.map(({ event, rule, subject }) => ({
          event,
          rule,
          subject,
        })),
      );
    const isTold = (event: string, rule: string, subject: string) =>
      expect.poll(told, { timeout: 60_000 }).toContainEqual({ event, rule, subject });

    const first = await start('analysis');
    await isTold('fired', 'machine-stopped', MACHINE);
    const { body: listed } = await api.get('/api/v1/notifications?state=firing');
    const path = `/api/v1/notifications/${listed.items[0].id}/acknowledge`;
    expect((await api.post(path, { by: '王工', note: '换模' })).body.state).toBe('acknowledged');

    await first.kill();
    await using second = await start('analysis');
    await say(0, 'running');
    await isTold('resolved', 'machine-stopped', MACHINE);
    const { body: over } = await api.get('/api/v1/notifications?state=resolved');
    expect(over.items).toMatchObject([{ machine: MACHINE, acknowledgement: { by: '王工', note: '换模' } }]);

    await influxd.stop();
    await isTold('fired', 'part-away', 'store');
    await influxd.start();
    await isTold('resolved', 'part-away', 'store');
    // Neither kill nor outage made anything be told twice.
    expect(new Set(told().map((one) => JSON.stringify(one))).size).toBe(told().length);
    expect((await second.stop()).code).toBe(0);
  });
});
