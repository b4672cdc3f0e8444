import { z } from 'zod';
import type { LineStopsAnswer } from '../../analysis/line-stops.ts';
import type { Line } from '../../domain/line/line.ts';
import type { LineStop } from '../../domain/line/line-stops.ts';
import { STANDINGS } from '../../domain/line/role.ts';
import { lineRules } from '../../domain/line/rules/index.ts';
import { waitingRules } from '../../domain/line/waiting/index.ts';
import { UNKNOWN_CAUSES } from '../../domain/line/walk.ts';
import { state } from './machine.ts';
import { count, spanFields, spanOf } from './scalars.ts';

const KINDS = ['own', 'blocked', 'starved', 'unknown'] as const;
const kind = z
  .enum(KINDS)
  .describe(
    'own: the machine stopped by itself; starved, blocked: what lies before or behind the line; unknown: nobody can say',
  );

/** How a line is judged. */
export const lineRule = z
  .strictObject({
    id: z.string(),
    title: z.strictObject({ zh: z.string(), en: z.string() }),
    why: z.strictObject({ zh: z.string(), en: z.string() }),
    declared: z
      .boolean()
      .describe('false: the order of the machines is that of the configuration, since `lines` says nothing'),
    machines: z.array(z.string()).describe('in the order of the flow'),
    bottleneck: z.string().nullable(),
    waiting: z.strictObject({
      id: z.string(),
      title: z.strictObject({ zh: z.string(), en: z.string() }),
      machines: z.array(z.string()).describe('those that it holds for'),
    }),
    lagMs: count,
  })
  .meta({ id: 'LineRule', description: 'By which rule a line stands, and its causes are told' });

export const lineStop = z
  .strictObject({
    ...spanFields,
    cause: z.strictObject({
      machine: z.string().nullable().describe('null: unknown'),
      kind,
      state: state.nullable(),
      reason: z.string().nullable(),
      because: z
        .enum(UNKNOWN_CAUSES)
        .nullable()
        .describe(
          'why the cause is unknown. silent: a machine on the way is unknown; neighbour-runs: the machine that is waited for runs; contradiction: two wait for each other; ambiguous: an idle machine may wait on either side',
        ),
      inferred: z.boolean().describe('waiting on the way to the cause was inferred, not reported'),
    }),
    chain: z
      .array(
        z.strictObject({
          machine: z.string(),
          state,
          reason: z.string().nullable(),
          role: z.enum(['running', 'own', 'starved', 'blocked', 'unknown']),
          inferred: z.boolean(),
        }),
      )
      .describe('from the machine that is watched to the cause, as it was when the stretch began'),
    continued: z.boolean().describe('the line stood already, for another cause or before the span'),
    over: z.boolean().describe('the cause was over before the line ran again'),
  })
  .meta({ id: 'LineStop' });

/** A line's time by standing, its stops, and what each machine cost it. */
export const lineStopsFields = {
  ms: z
    .strictObject(
      Object.fromEntries(STANDINGS.map((name) => [name, count])) as Record<
        (typeof STANDINGS)[number],
        typeof count
      >,
    )
    .describe('sums to the span as far as asOf; outside: outside planned busy time'),
  stops: z.array(lineStop).describe('ascending; each for one cause'),
  byMachine: z
    .array(
      z.strictObject({
        machine: z.string().nullable().describe('null: the cause is unknown'),
        kind,
        ms: count,
        stops: z.int().positive().describe('unbroken stretches'),
        longestMs: count,
      }),
    )
    .describe('the longest time first; sums to ms.stopped'),
};

export function lineRuleOf({ rule, waiting, ...line }: Line): z.output<typeof lineRule> {
  const { id, title, why } = lineRules.find((one) => one.id === rule) as (typeof lineRules)[number];
  const told = waitingRules.find((one) => one.id === waiting.rule) as (typeof waitingRules)[number];
  return {
    ...{ id, title, why, declared: line.declared, machines: [...line.machines] },
    bottleneck: line.bottleneck,
    waiting: { id: told.id, title: told.title, machines: [...waiting.machines] },
    lagMs: line.lagMs,
  };
}

export const lineStopsOf = ({
  ms,
  stops,
  byMachine,
}: Pick<LineStopsAnswer, 'ms' | 'stops' | 'byMachine'>) => ({
  ms: { ...ms },
  stops: stops.map(stopOf),
  byMachine: byMachine.map((sum) => ({ ...sum })),
});

const stopOf = ({ cause, chain, continued, over, ...span }: LineStop): z.output<typeof lineStop> => ({
  ...spanOf(span),
  cause: { ...cause },
  chain: chain.map((link) => ({ ...link })),
  continued,
  over,
});
