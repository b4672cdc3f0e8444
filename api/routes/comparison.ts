import { z } from 'zod';
import { INDUSTRIES, PROGRAMMES } from '../../domain/assess/register.ts';
import { pilotId, rubricId } from '../http/assess-parameters.ts';
import { text, word } from '../http/parameter.ts';
import { instant } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { assessmentSummary, assessmentSummaryOf } from '../wire/assessment-summary.ts';
import { industry, programme } from '../wire/pilot.ts';
import { count } from '../wire/scalars.ts';

const row = z
  .strictObject({
    pilot: z.string(),
    name: z.string(),
    district: z.string(),
    industry,
    programme,
    simulated: z.boolean().describe('its telemetry is simulated, which has to be said wherever it is shown'),
    sites: z.array(z.string()).describe('of the plant, enterprise/site'),
    assessment: assessmentSummary.nullable().describe('the newest; null: none by this rubric and period'),
  })
  .meta({ id: 'ComparisonRow' });

const peers = z
  .strictObject({
    by: z.enum(['district', 'industry', 'programme']),
    name: z.string(),
    size: count.describe('pilots with a score'),
    scores: z
      .strictObject({ lowest: z.number(), median: z.number(), highest: z.number() })
      .nullable()
      .describe('null: fewer pilots than may be shown to another plant, or none'),
  })
  .meta({ id: 'PeerGroup' });

/** The pilots of a programme side by side. */
export const comparison = jsonRoute({
  id: 'comparison',
  method: 'get',
  path: '/api/v1/comparison',
  summary: { zh: '试点企业横向对比', en: 'The pilots side by side, and their peer groups' },
  params: z.strictObject({
    rubric: rubricId('By which rubric'),
    from: instant('Only assessments of periods that begin here or later').optional(),
    to: instant('Only assessments of periods that end here or earlier').optional(),
    district: text('Only pilots of this district', ['定海区']).optional(),
    industry: word(INDUSTRIES, 'Only pilots of this industry').optional(),
    programme: word(PROGRAMMES, 'Only pilots of this programme').optional(),
    shownTo: pilotId(
      'As this pilot may see it: its own row, and peer groups that are large enough',
    ).optional(),
  }),
  answer: z.strictObject({ rows: z.array(row), peers: z.array(peers) }).meta({ id: 'Comparison' }),
  problems: ['rubric-not-found', 'pilot-not-found'],
  handler({ params }, { assess }) {
    const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
    const { rows, peers } = assess.comparison(given as Parameters<typeof assess.comparison>[0]);
    return {
      rows: rows.map(({ assessment, sites, ...rest }) => ({
        ...rest,
        sites: [...sites],
        assessment: assessment && assessmentSummaryOf(assessment),
      })),
      peers,
    };
  },
});
