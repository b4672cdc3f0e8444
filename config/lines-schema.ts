import { z } from 'zod';
import { LINE_DEFAULTS } from '../domain/line/line.ts';
import { lineRules } from '../domain/line/rules/index.ts';
import { waitingRules } from '../domain/line/waiting/index.ts';
import { text } from './quantities.ts';

const idsOf = (rules: readonly { readonly id: string }[]): readonly string[] => rules.map(({ id }) => id);
const machines = z.array(text).min(1);

/** An entry of `lines`. */
export const line = z.strictObject({
  path: text.describe('enterprise/site/area/line'),
  machines: machines
    .optional()
    .describe(
      'paths in the order of the flow, first to last; absent: in the order in which they are declared',
    ),
  bottleneck: text.optional().describe('path of the machine that the rule `bottleneck` watches'),
  rule: z
    .enum(idsOf(lineRules))
    .default(LINE_DEFAULTS.rule)
    .describe('when the line stands, and where the way to what stopped it begins'),
  waiting: z
    .strictObject({
      rule: z.enum(idsOf(waitingRules)),
      machines: machines.describe('paths of those that never report blocked or starved themselves'),
    })
    .optional()
    .describe('how waiting is told of machines that never report it; absent: it is not inferred'),
  lagMs: z
    .number()
    .int()
    .min(0)
    .max(86_400_000)
    .default(LINE_DEFAULTS.lagMs)
    .describe("how long after its end a machine's stop can still be what a neighbour begins to wait for"),
});

/** The section `lines`. */
export const lines = z
  .array(line)
  .default([])
  .describe('the machines of a line in the order of the flow, and the rule that tells what stopped it');
