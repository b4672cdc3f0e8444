import type { Entry, Message } from '../../notify/message.ts';

export const MONDAY = Date.UTC(2026, 2, 2);

/** An entry of a message; the rule's own words are those of a stop. */
export const sampleEntry = (over: Partial<Entry> = {}): Entry => ({
  alert: 7,
  rule: 'machine-stopped',
  ruleId: 'long-stop',
  title: { zh: '设备停机', en: 'Machine stopped' },
  event: 'fired',
  state: 'firing',
  severity: 'warning',
  subject: 'acme/zhoushan/moulding/line1/imm-01',
  since: MONDAY,
  firedAt: MONDAY + 600_000,
  resolvedAt: null,
  clock: { since: '03-02 08:00', resolved: null, zone: 'Asia/Shanghai' },
  text: { zh: '已停机 10 分钟（故障）', en: 'has stood still for 10 min (Down)' },
  evidence: { state: 'down', reason: null, stoppedMs: 600_000 },
  link: 'http://kaidong.plant:8080/#/machines/acme/zhoushan/moulding/line1/imm-01',
  ...over,
});

export const sampleMessage = (over: Partial<Message> = {}): Message => ({
  kind: 'alerts',
  key: '0b0d1c7e-6a0e-4a7e-9d0c-1d2b3c4d5e6f',
  channel: 'crew',
  createdAt: MONDAY + 600_000,
  entries: [sampleEntry()],
  more: 0,
  ...over,
});
