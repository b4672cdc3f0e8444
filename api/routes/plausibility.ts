import { z } from 'zod';
import { GRADES } from '../../domain/plausibility/check.ts';
import { plausibilityChecks } from '../../domain/plausibility/checks/index.ts';
import { scope } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { UNJUDGED } from '../wire/evidence.ts';
import { iso, isoOrNull, spanFields, spanOf, time } from '../wire/scalars.ts';

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

const check = z
  .strictObject({
    id: z.string(),
    title: bilingual,
    why: bilingual,
    source: z.string(),
    grade: z.enum(GRADES).describe('the grade that a finding leaves'),
    thresholds: z.record(z.string(), z.number()).describe('where it begins to count, the unit in the name'),
  })
  .meta({ id: 'PlausibilityCheck' });

/** What is hardly so in a real plant, with evidence; nothing is corrected by it. */
export const plausibility = jsonRoute({
  id: 'plausibility',
  method: 'get',
  path: '/api/v1/plausibility',
  summary: {
    zh: '数据可信度检查：发现、证据与证据等级',
    en: 'Plausibility: findings with evidence, and grades',
  },
  params: ordered(z.strictObject({ scope, ...spanParams, asOf })),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      keptSince: time
        .nullable()
        .describe(
          'observations before it are removed: what was said there is no longer looked over; null: all are kept',
        ),
      checks: z.array(check),
      machines: z.array(
        z.strictObject({
          machine: z.string(),
          grade: z
            .enum(GRADES)
            .describe(
              'A: nothing speaks against its evidence; B: something wants an explanation; C: something speaks against it',
            ),
          findings: z.array(
            z
              .strictObject({
                check: z.string(),
                ...spanFields,
                evidence: z.record(z.string(), z.union([z.number(), z.string()])),
              })
              .meta({ id: 'PlausibilityFinding' }),
          ),
          unjudged: z.strictObject(spanFields).optional().describe(UNJUDGED),
        }),
      ),
    })
    .meta({ id: 'Plausibility' }),
  problems: ['scope-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { scope, from, to, asOf } = params;
    const answer = await analysis.plausibility({ scope, from, to, ...(asOf === undefined ? {} : { asOf }) });
    return {
      ...spanOf(answer),
      asOf: iso(answer.asOf),
      keptSince: isoOrNull(answer.keptSince),
      checks: plausibilityChecks.map(({ find: _, ...spec }) => spec),
      machines: answer.machines.map(({ findings, unjudged, ...rest }) => ({
        ...rest,
        ...(unjudged && { unjudged: spanOf(unjudged) }),
        findings: findings.map(({ check, evidence, ...span }) => ({ check, ...spanOf(span), evidence })),
      })),
    };
  },
});
