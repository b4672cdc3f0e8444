import { z } from 'zod';
import type { EpochMs } from '../../domain/time.ts';
import type { SourceAnswer } from '../ingest-desk.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { count, iso, isoOrNull, time } from '../wire/scalars.ts';

const milliseconds = z.number().nullable();

const sourceClock = z
  .strictObject({
    state: z
      .enum(['measured', 'too-few', 'unsteady'])
      .describe(
        'too-few: fewer than three minutes with a time of its own; unsteady: data comes late by more than a clock drifts',
      ),
    aheadMs: milliseconds.describe(
      "how far the source's clock is ahead of ours, uncorrected; negative: behind, or all its data late; null: not known",
    ),
    driftMsPerHour: milliseconds.describe('how fast that grows; null: not watched for long enough'),
    jitterMs: milliseconds.describe('how far single minutes lie from that'),
    correctedMs: z.number().describe('what `clocks.corrections` takes off the source times that come now'),
    flagged: z.boolean().describe('what that leaves is more than `clocks.toleranceMs`'),
    proposal: z
      .strictObject({ source: z.string(), aheadMs: z.int(), since: time })
      .nullable()
      .describe(
        'an entry for `clocks.corrections` that would put it right from now on, and what was refused for its time since the start; null: nothing to correct',
      ),
  })
  .meta({ id: 'SourceClock' });

/** How every source stands. */
export const sources = jsonRoute({
  id: 'sources',
  method: 'get',
  path: '/api/v1/ingest/sources',
  summary: {
    zh: '数据来源：最近消息、流量、时钟偏差',
    en: 'Sources: last heard, how much they send, how their clocks stand',
  },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      asOf: time,
      sources: z.array(
        z.strictObject({
          source: z.string(),
          lastHeard: time.nullable().describe('null: not since the start'),
          perSecond: z.number().nullable().describe('messages a second, over ten seconds or more'),
          usualPerSecond: z.number().nullable().describe('the same as it usually is'),
          flooding: z
            .boolean()
            .describe(
              'more than ten times the usual, or of a new source a hundred times what others send, and more than 20 a second',
            ),
          waiting: count.describe('messages that wait for their turn behind others of the same source'),
          clock: sourceClock,
        }),
      ),
    })
    .meta({ id: 'Sources' }),
  problems: ['ingest-elsewhere', 'store-unavailable'],
  async handler(_question, services) {
    const { asOf, sources } = await deskOf(services).sources();
    return {
      asOf: iso(asOf),
      sources: sources.map((one) => ({
        ...one,
        lastHeard: isoOrNull(one.lastHeard),
        clock: clockOf(one, asOf),
      })),
    };
  },
});

function clockOf({ source, clock }: SourceAnswer, asOf: EpochMs): z.output<typeof sourceClock> {
  const { state, correctedMs, isOff: flagged } = clock;
  if (clock.state !== 'measured') {
    const unknown = { aheadMs: null, driftMsPerHour: null, jitterMs: null };
    return { state, ...unknown, correctedMs, flagged, proposal: null };
  }
  const { driftMsPerHour, jitterMs } = clock;
  const aheadMs = Math.round(clock.aheadMs);
  const since = Math.min(asOf + aheadMs, clock.refusedFrom ?? Number.POSITIVE_INFINITY);
  const proposal = flagged && aheadMs !== 0 ? { source, aheadMs, since: iso(since) } : null;
  return { state, aheadMs, driftMsPerHour, jitterMs, correctedMs, flagged, proposal };
}
