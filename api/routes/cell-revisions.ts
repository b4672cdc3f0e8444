import { z } from 'zod';
import { QuestionRefused } from '../../analysis/port.ts';
import { LEDGER_FLAGS, TIME_CLASSES } from '../../domain/ledger-row.ts';
import { ratioOf } from '../../domain/ratio.ts';
import { REVISION_CAUSES } from '../../domain/revision-cause.ts';
import { word } from '../http/parameter.ts';
import { machinePath } from '../http/places.ts';
import { instant } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { exactInteger } from '../wire/exact-json.ts';
import { GRAINS } from '../wire/recorded.ts';
import { digest, revision } from '../wire/row.ts';
import { count, integer, iso, isoOrNull, spanFields, spanOf, time } from '../wire/scalars.ts';

const content = z
  .strictObject({
    revision,
    digest: digest.describe('SHA-256 of the canonical inputs of the cell, hex'),
    current: z.boolean(),
    at: time.nullable().describe('when the change was found; null: the first revision'),
    causes: z.array(z.enum(REVISION_CAUSES)),
    ms: z.record(z.enum(TIME_CLASSES), count),
    counts: z.record(z.string(), z.number()),
    flags: z.array(z.enum(LEDGER_FLAGS)),
    figures: z.array(
      z.strictObject({
        kpi: z.string(),
        value: z.number().nullable(),
        numerator: integer,
        denominator: integer,
      }),
    ),
  })
  .meta({ id: 'CellContent' });

/** Every revision of one recorded cell, as it was recorded. */
export const cellRevisions = jsonRoute({
  id: 'cell-revisions',
  method: 'get',
  path: '/api/v1/revisions/cell',
  summary: { zh: '一格账的各个版本', en: 'Every revision of one recorded cell' },
  params: z.strictObject({
    machine: machinePath('The machine'),
    grain: word(GRAINS, 'The kind of cell'),
    from: instant('Its start, as in /revisions'),
  }),
  answer: z
    .strictObject({
      machine: z.string(),
      grain: z.enum(GRAINS),
      ...spanFields,
      olderRemoved: z
        .boolean()
        .describe('revisions before the current one are no longer kept (`ledger.revisionDays`)'),
      revisions: z.array(content).describe('ascending'),
    })
    .meta({ id: 'CellRevisions' }),
  problems: ['machine-not-found', 'cell-not-found', 'ledger-removed', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const answer = await analysis.cellRevisions(params);
    if (answer === null) {
      throw new QuestionRefused(
        'cell-not-found',
        'from',
        `no ${params.grain} of ${params.machine} that begins at ${iso(params.from)} is recorded; /revisions tells where cells begin`,
      );
    }
    return {
      machine: answer.machine,
      grain: answer.grain,
      ...spanOf(answer),
      olderRemoved: answer.olderRemoved,
      revisions: answer.revisions.map(
        ({ revision, digest, current, at, causes, ms, counts, flags, kpis }) => ({
          ...{ revision, digest, current, at: isoOrNull(at), causes, ms, counts: { ...counts }, flags },
          figures: Object.entries(kpis).map(([kpi, { num, den }]) => ({
            kpi,
            value: ratioOf(num, den),
            numerator: exactInteger(num),
            denominator: exactInteger(den),
          })),
        }),
      ),
    };
  },
});
