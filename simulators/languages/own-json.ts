import type { State } from '../../domain/state.ts';
import { jsonGarbage } from './json-garbage.ts';
import { levelsOf, type PlainLanguage } from './language.ts';

/** The codes of its controller. */
const CODES: Readonly<Record<State, number>> = {
  running: 3,
  setup: 4,
  idle: 2,
  blocked: 11,
  starved: 12,
  held: 13,
  down: 90,
  'planned-stop': 20,
  off: 0,
  unknown: 99,
};

/** China has no summer time. */
const OFFSET_MS = 8 * 3_600_000;
const local = (ts: number): string => new Date(ts + OFFSET_MS).toISOString().replace('Z', '+08:00');

/** What a plant's own software might publish: nested, states as numbers, local times, one topic for a whole site. */
export const ownJson: PlainLanguage = {
  id: 'own-json',
  kind: 'plain',
  does: "a plant's own nested JSON: states as codes, local times, one topic for a whole site",
  rules: [
    {
      id: 'own-json',
      topic: 'mes/{enterprise}/{site}/telemetry',
      machine: '{enterprise}/{site}/{/device/area}/{/device/line}/{/device/id}',
      time: { at: '/at', format: 'iso' },
      signals: {
        state: {
          at: '/status/code',
          map: Object.fromEntries(Object.entries(CODES).map(([state, code]) => [String(code), state])),
        },
        reason: { at: '/status/why', optional: true },
        count: { at: '/totals/all', optional: true },
        reject: { at: '/totals/bad', optional: true },
        rework: { at: '/totals/reworked', optional: true },
        product: { at: '/totals/article', optional: true },
        order: { at: '/job/number', optional: true },
        orderQuantity: { at: '/job/pieces', optional: true },
        orderScrap: { at: '/job/scrap', optional: true },
      },
      members: { at: '/measured' },
    },
  ],
  pathOf: (machine) => machine,
  sourceOf: () => 'own-json',
  topicOf: (machine) => `mes/${levelsOf(machine).slice(0, 2).join('/')}/telemetry`,
  payloadOf({ event, drifted }) {
    const [, , area, line, id] = levelsOf(event.machine);
    const head = { device: { area, line, id }, at: local(event.ts) };
    if (event.kind === 'last-will') {
      return JSON.stringify({ ...head, status: { code: CODES.unknown, why: 'offline' }, measured: {} });
    }
    const { state, reason, count, reject, rework, product, order, gauges } = event;
    const measured = Object.fromEntries(
      (gauges ?? []).map(([name, value]) => [name, name === drifted ? String(value) : value]),
    );
    return JSON.stringify({
      ...head,
      status: { code: CODES[state], ...(reason === null ? {} : { why: reason }) },
      ...(count === null
        ? {}
        : {
            totals: {
              all: count,
              bad: reject,
              ...(rework === null ? {} : { reworked: rework }),
              article: product,
            },
          }),
      ...(order === null ? {} : { job: { number: order.id, pieces: order.quantity, scrap: order.scrap } }),
      measured,
    });
  },
  garbageOf: jsonGarbage,
};
