import { z } from 'zod';
import type { Point } from '../../store/port.ts';
import { text } from '../http/parameter.ts';
import { machinePath } from '../http/places.ts';
import { duration, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { isoOrNull, signalValue, time, type WireValue, wireValue } from '../wire/scalars.ts';

const observed = z.tuple([z.int(), signalValue]).meta({ id: 'ObservedPoint', description: '[ms, value]' });
const bucket = z
  .tuple([z.int(), z.number(), z.number(), z.number(), z.number()])
  .meta({ id: 'BucketPoint', description: "[ms of the bucket's start, min, mean, max, last]" });

type WirePoint = [number, WireValue] | [number, number, number, number, number];

/** A signal's observations, or buckets of them. */
export const signals = jsonRoute({
  id: 'signals',
  method: 'get',
  path: '/api/v1/signals',
  summary: { zh: '一个信号的测点或分段统计', en: "A signal's observations, or buckets of them" },
  params: ordered(
    z.strictObject({
      machine: machinePath('The machine'),
      signal: text('The signal', ['count']),
      ...spanParams,
      every: duration(
        'Width of the buckets, aligned to 1970-01-01T00:00Z; absent: every observation',
      ).optional(),
    }),
  ),
  answer: z
    .strictObject({
      points: z.array(z.union([observed, bucket])),
      keptSince: time.nullable().describe('observations before it are removed; null: all are kept'),
    })
    .meta({ id: 'Signals' }),
  problems: ['machine-not-found', 'signal-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { every, ...question } = params;
    const { points, keptSince } = await analysis.signals({ ...question, everyMs: every ?? null });
    return { points: points.map(wirePoint), keptSince: isoOrNull(keptSince) };
  },
});

const wirePoint = (point: Point): WirePoint =>
  point.length === 2 ? [point[0], wireValue(point[1])] : [...point];
