import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROBOT_OK, startReceiver } from '../notify/receiver.ts';
import { kaidong, newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';

test('a machine that has stood for long enough is told to a robot of 钉钉, taken on by name, and ends when it runs', async () => {
  using folder = newFolder();
  const receiver = await startReceiver();
  receiver.answer(ROBOT_OK);
  const config = folder.file('kaidong.yaml');
  writeFileSync(folder.file('url'), `${receiver.url}/robot/send?access_token=hush\n`);
  writeFileSync(
    config,
    `notify:
  publicUrl: http://kaidong.plant:8080
  channels: [{ id: crew, kind: dingtalk, urlFile: ${folder.file('url')}, secret: SECabc }]
  rules: [{ rule: machine-stopped, channels: [crew], forMinutes: 10, clearMinutes: 0 }]
`,
  );
  await using platform = await startService({ cwd: folder.path, args: ['--config', config] });
  await using machine = await connectPublisher(platform.mqtt);
  const say = (minutesAgo: number, state: string) =>
    machine.publish(`kaidong/v1/${MACHINE}`, { ts: Date.now() - minutesAgo * 60_000, state });
  await say(15, 'running');
  await say(12, 'down');
  await say(6, 'down');
  await settled(platform);
  await receiver.came(1);
  const [{ query, body } = { query: new URLSearchParams(), body: '' }] = receiver.received;
  expect([query.get('access_token'), query.has('sign')]).toEqual(['hush', true]);
  expect(JSON.parse(body).markdown.text).toContain(`[查看](http://kaidong.plant:8080/#/machines/${MACHINE})`);

  const { body: listed } = await platform.get('/api/v1/notifications?state=firing');
  const [alert] = listed.items;
  expect(alert).toMatchObject({ machine: MACHINE, state: 'firing', tellings: [{ channel: 'crew' }] });
  expect(JSON.stringify(listed)).not.toContain('hush');
  const taken = await kaidong(
    ['notify', 'acknowledge', String(alert.id), '--by', '王工', '--note', '正在更换模具', '--config', config],
    { cwd: folder.path },
  );
  expect(taken).toMatchObject({ code: 0, stdout: expect.stringContaining('acknowledged') });
  const { body: seen } = await platform.get('/api/v1/notifications?state=acknowledged');
  expect(seen.items).toMatchObject([{ id: alert.id, acknowledgement: { by: '王工', note: '正在更换模具' } }]);
  const answer = await platform.post(`/api/v1/notifications/${alert.id}/acknowledge`, { by: '李工' });
  expect([answer.status, answer.body.code]).toEqual([409, 'notification-not-firing']);
  const open = await kaidong(['notify', 'list', '--config', config], { cwd: folder.path });
  expect(open).toMatchObject({ code: 0, stdout: expect.stringContaining('(王工)') });
  expect(open.stdout).toMatch(new RegExp(`^${alert.id} `));

  await say(0, 'running');
  await receiver.came(2);
  expect(JSON.parse(receiver.received[1]?.body ?? '').markdown.text).toContain('已恢复 · 设备停机');
  const { code, stderr } = await platform.stop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('notify test sends at once, and says what is wrong', async () => {
  using folder = newFolder();
  const receiver = await startReceiver();
  receiver.answer(ROBOT_OK, { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
  const channels = JSON.stringify([{ id: '维修班', kind: 'wecom', url: `${receiver.url}/?key=hush` }]);
  const options = { cwd: folder.path, environment: { KAIDONG__NOTIFY__CHANNELS: channels } };
  const run = (...args: string[]) => kaidong(['notify', ...args], options);
  expect(await run('test', '维修班')).toEqual({ code: 0, stdout: '维修班: delivered\n', stderr: '' });
  expect(await run('test', '维修班', '--json')).toEqual({
    code: 1,
    stdout: '{"channel":"维修班","delivered":false,"error":"errcode 93000: invalid webhook url"}\n',
    stderr: '',
  });
  expect(await run('test', 'nobody')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('known are: 维修班'),
  });
  expect(await run('frighten')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('say "test CHANNEL"'),
  });
  expect(await run('list')).toEqual({ code: 0, stdout: '', stderr: '' });
  for (const [args, what] of [
    [['12'], 'say with --by'],
    [['x', '--by', '王工'], '"x" is no number'],
    [['12', '--by', ' '], '--by is empty'],
    [['12', '--by', '王工'], 'there is no alert 12'],
  ] as const) {
    const refused = await run('acknowledge', ...args);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(what) });
  }
  const shown = await kaidong(['check-config', '--json'], options);
  expect([shown.code, shown.stdout.includes('hush')]).toEqual([0, false]);
});
