import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alert, AlertEvent } from '../../domain/alert.ts';
import type { Judgement } from '../../notify/rule.ts';
import { step } from '../../notify/step.ts';
import { entry, firing } from './entry.ts';

const MINUTE_MS = 60_000;
const stopped = entry({ rule: 'machine-stopped', forMinutes: 10, clearMinutes: 2, repeatMinutes: 60 });
const yes: Judgement = { is: 'yes', subject: 'm', evidence: {} };
const firingAlert = firing('m', 0);
const unsure: Judgement = { is: 'unsure', subject: 'm' };

/** What a subject's alerts came to after looks, one a minute; `n` is that the condition doesn't hold. */
function live(looks: string, { acknowledgeAt = -1, own = stopped } = {}) {
  let open: Alert | undefined;
  const told: [number, AlertEvent][] = [];
  const ended: Alert[] = [];
  for (const [minute, look] of [...looks].entries()) {
    const judgement = look === 'y' ? yes : look === '?' ? unsure : undefined;
    const next = step({ entry: own, open, judgement, at: minute * MINUTE_MS });
    if (next.keep === 'nothing') open = undefined;
    if (next.keep === 'new') open = { id: ended.length + 1, ...next.alert };
    if (next.keep === 'changed') open = next.alert;
    if ('event' in next && next.event !== null) told.push([minute, next.event]);
    if (open?.state === 'resolved') {
      ended.push(open);
      open = undefined;
    }
    if (minute === acknowledgeAt && open?.state === 'firing')
      open = { ...open, state: 'acknowledged', acknowledgedBy: '王工' };
  }
  return { told, open, ended };
}

test('it fires once when the condition has held for long enough, and is over when that is sure', () => {
  const { told, ended, open } = live(`${'y'.repeat(20)}${'n'.repeat(5)}`);
  expect(told).toEqual([
    [10, 'fired'],
    [22, 'resolved'],
  ]);
  expect(ended[0]).toMatchObject({ since: 0, firedAt: 10 * MINUTE_MS, resolvedAt: 20 * MINUTE_MS });
  expect(open).toBeUndefined();
});

test('what was over before it fired is forgotten', () => {
  expect(live('yyyyynyyyyyn')).toEqual({ told: [], open: undefined, ended: [] });
});

test('one that comes back before its end is believed goes on, and nobody is told', () => {
  expect(live(`${'y'.repeat(15)}nyyyynnyyy`.slice(0, 22)).told).toEqual([[10, 'fired']]);
});

test('while nobody can tell, nothing fires and nothing ends', () => {
  expect(live(`yyy${'?'.repeat(30)}`).told).toEqual([]);
  expect(live(`${'y'.repeat(12)}${'?'.repeat(30)}`).open?.state).toBe('firing');
  expect(live('?????').open).toBeUndefined();
});

test('it is repeated while nobody acknowledges, and not afterwards; its end is told all the same', () => {
  expect(live('y'.repeat(140)).told).toEqual([
    [10, 'fired'],
    [70, 'repeated'],
    [130, 'repeated'],
  ]);
  const { told } = live(`${'y'.repeat(140)}nnn`, { acknowledgeAt: 30 });
  expect(told).toEqual([
    [10, 'fired'],
    [142, 'resolved'],
  ]);
});

test('an entry can leave out reminders and the end', () => {
  const own = entry({ rule: 'machine-stopped', repeatMinutes: null, tellResolved: false });
  const { told, ended } = live(`${'y'.repeat(500)}nnn`, { own });
  expect(told).toEqual([[10, 'fired']]);
  expect(ended).toHaveLength(1);
});

test('where the facts tell when it began, a later beginning begins the count anew', () => {
  const at = 9 * MINUTE_MS;
  const begun = step({ entry: stopped, open: undefined, judgement: { ...yes, since: 0 }, at });
  if (begun.keep !== 'new') throw new Error('it began');
  const again = { ...yes, since: 8.5 * MINUTE_MS };
  const next = step({
    entry: stopped,
    open: { id: 1, ...begun.alert },
    judgement: again,
    at: 11 * MINUTE_MS,
  });
  expect(next).toMatchObject({
    keep: 'changed',
    event: null,
    alert: { state: 'pending', since: 8.5 * MINUTE_MS },
  });
});

test('it is over since it ended, not since that was seen; what ended long ago needs no second look', () => {
  const open: Alert = { ...firingAlert, since: 0, firedAt: 10 * MINUTE_MS, toldAt: 10 * MINUTE_MS };
  const no: Judgement = { is: 'no', subject: 'm', since: 25 * MINUTE_MS };
  const soon = step({ entry: stopped, open, judgement: no, at: 26 * MINUTE_MS });
  expect(soon).toMatchObject({
    keep: 'changed',
    event: null,
    alert: { state: 'firing', clearSince: 25 * MINUTE_MS },
  });
  const late = step({ entry: stopped, open, judgement: no, at: 600 * MINUTE_MS });
  expect(late).toMatchObject({ event: 'resolved', alert: { state: 'resolved', resolvedAt: 25 * MINUTE_MS } });
  const wrong = step({ entry: stopped, open, judgement: { ...no, since: -MINUTE_MS }, at: 600 * MINUTE_MS });
  expect(wrong).toMatchObject({ alert: { resolvedAt: 0 } });
});

test('what somebody took on, and nobody can tell of for a week, is closed without a word', () => {
  const day = 1440 * MINUTE_MS;
  const open: Alert = { ...firingAlert, state: 'acknowledged', acknowledgedAt: day };
  expect(step({ entry: stopped, open, judgement: unsure, at: 8 * day })).toEqual({ keep: 'as-it-was' });
  expect(step({ entry: stopped, open, judgement: unsure, at: 8 * day + 1 })).toMatchObject({
    keep: 'changed',
    event: null,
    alert: { state: 'resolved' },
  });
  const untaken: Alert = { ...firingAlert, acknowledgedAt: null };
  expect(step({ entry: stopped, open: untaken, judgement: unsure, at: 80 * day })).toEqual({
    keep: 'as-it-was',
  });
});

test('property: it is told in order, never twice of the same, and never sooner than the entry says', () => {
  const looks = fc.array(fc.constantFrom('y', 'y', 'y', 'n', '?'), { maxLength: 300 });
  fc.assert(
    fc.property(looks, fc.integer({ min: -1, max: 300 }), (all, acknowledgeAt) => {
      const { told } = live(all.join(''), { acknowledgeAt });
      let on = false;
      let last = Number.NEGATIVE_INFINITY;
      for (const [minute, event] of told) {
        expect(event === 'fired').toBe(!on);
        if (event === 'repeated') expect(minute - last).toBeGreaterThanOrEqual(60);
        if (event === 'fired') expect(all.slice(minute - 10, minute + 1)).not.toContain('n');
        if (event === 'resolved') expect(all.slice(minute - 2, minute + 1)).not.toContain('y');
        on = event !== 'resolved';
        last = minute;
      }
    }),
    { numRuns: 500 },
  );
});
