import { expect, test } from 'vitest';
import { noNotifications, noteNotifications } from './note-notifications.ts';
import { IMM } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

const JSON_BODY = { 'content-type': 'application/json' };

test('alerts come with their words, who was told, and the channels without their secrets', async () => {
  await using api = await startApi();
  const { json } = await api.ask('GET /api/v1/notifications');
  expect(json).toMatchObject({
    rules: 1,
    next: null,
    items: [
      {
        ...{ id: 7, rule: 'machine-stopped', ruleId: 'long-stop', severity: 'warning', state: 'firing' },
        ...{ machine: IMM, subject: IMM, acknowledgement: null, resolvedAt: null },
        title: { zh: '设备停机', en: 'Machine stopped' },
        since: '2026-03-02T00:00:00.000Z',
        tellings: [{ channel: 'crew', event: 'fired', state: 'waiting', attempts: 2, error: 'HTTP 502' }],
      },
    ],
    channels: [{ id: 'crew', kind: 'wecom', waiting: 1, lastError: 'HTTP 502' }],
  });
});

test('a filter, a limit and a cursor are handed on', async () => {
  const notifications = noteNotifications();
  await using api = await startApi({ notifications });
  await api.ask('GET /api/v1/notifications');
  const query = 'state=firing,acknowledged&scope=acme/zhoushan&limit=1&cursor=9';
  expect((await api.ask(`GET /api/v1/notifications?${query}`)).json.next).toBe('7');
  expect(notifications.asked).toEqual([
    { limit: 100, states: ['firing', 'acknowledged', 'resolved'] },
    { limit: 1, states: ['firing', 'acknowledged'], scope: 'acme/zhoushan', cursor: 9 },
  ]);
});

test('an alert is acknowledged once, by name', async () => {
  await using api = await startApi();
  const body = JSON.stringify({ by: ' 王工 ', note: '正在更换模具' });
  const request = 'POST /api/v1/notifications/7/acknowledge';
  const { status, json } = await api.ask(request, { headers: JSON_BODY, body });
  expect([status, json.state]).toEqual([200, 'acknowledged']);
  expect(json.acknowledgement).toMatchObject({ by: '王工', note: '正在更换模具' });
  const again = await api.ask(request, { headers: JSON_BODY, body });
  expect([again.status, again.json.code]).toEqual([409, 'notification-not-firing']);
  expect(again.json.detail).toBe(
    'Notification 7 is acknowledged by 王工; only a firing one can be acknowledged.',
  );
});

test('an alert that is not there, an empty name and a number that is none are told', async () => {
  await using api = await startApi();
  const ask = (id: string, by: string) =>
    api.ask(`POST /api/v1/notifications/${id}/acknowledge`, {
      headers: JSON_BODY,
      body: JSON.stringify({ by }),
    });
  expect((await ask('8', '王工')).json.code).toBe('notification-not-found');
  expect((await ask('7', ' ')).json).toMatchObject({
    code: 'body-invalid',
    errors: [{ name: 'by', message: 'is empty' }],
  });
  expect((await ask('seven', '王工')).json.code).toBe('parameter-invalid');
});

test('a test message says whether it was delivered, and a wrong channel which there are', async () => {
  await using api = await startApi();
  const send = (channel: string) =>
    api.ask('POST /api/v1/notifications/test', { headers: JSON_BODY, body: JSON.stringify({ channel }) });
  expect((await send('crew')).json).toEqual({ delivered: true, error: null });
  expect((await send('broken')).json).toEqual({ delivered: false, error: 'HTTP 404' });
  const { status, json } = await send('nobody');
  expect([status, json.code, json.errors[0].allowed]).toEqual([400, 'channel-not-found', ['crew', 'broken']]);
});

test('alerts and messages that wait are metrics, where something is watched', async () => {
  await using api = await startApi();
  const { text } = await api.ask('GET /metrics');
  expect(text).toContain('kaidong_alerts_firing{severity="warning"} 1');
  expect(text).toContain('kaidong_alerts_firing{severity="critical"} 0');
  expect(text).toContain('kaidong_notifications_waiting{channel="crew"} 1');
  await using other = await startApi({ notifications: noNotifications });
  expect((await other.ask('GET /metrics')).text).not.toContain('kaidong_alerts');
});
