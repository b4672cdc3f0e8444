import { z } from 'zod';
import type { PreviewSide } from '../../analysis/annotations/preview.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { previewBody, saidOf, signatureOf } from '../http/annotation-body.ts';
import { jsonRoute } from '../route.ts';
import { exactInteger } from '../wire/exact-json.ts';
import { rowKey } from '../wire/row.ts';
import { count, integer, iso, spanFields, spanOf, time } from '../wire/scalars.ts';

const side = z
  .strictObject({
    ms: z.record(z.enum(TIME_CLASSES), count).describe('milliseconds by class'),
    figures: z.array(
      z.strictObject({
        kpi: z.string(),
        value: z.number().nullable(),
        numerator: integer.nullable(),
        denominator: integer.nullable(),
        unit: z.string(),
        notAssessable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'PreviewSide' });

/** The change of the figures, before anything is saved. */
export const previewAnnotation = jsonRoute({
  id: 'preview-annotation',
  method: 'post',
  path: '/api/v1/annotations/preview',
  summary: {
    zh: '保存前预览：标注会怎样改变各班指标',
    en: 'What saying it would change in the figures, before it is saved',
  },
  params: z.strictObject({}),
  body: previewBody,
  answer: z
    .strictObject({
      machine: z.string(),
      asOf: time,
      rows: z
        .array(
          z
            .strictObject({
              key: rowKey,
              ...spanFields,
              changed: z.boolean().describe('a sum of time differs'),
              before: side,
              after: side,
            })
            .meta({ id: 'PreviewRow' }),
        )
        .describe('every shift of the production days that are touched, and their time outside shifts'),
    })
    .meta({ id: 'AnnotationPreview' }),
  problems: [
    ...(['annotation-invalid', 'machine-not-found', 'annotation-without-stop'] as const),
    ...(['annotation-not-found', 'annotation-undone', 'raw-data-removed', 'store-unavailable'] as const),
  ],
  async handler({ body }, { analysis }) {
    const said = 'undoes' in body ? { ...signatureOf({}), undoes: body.undoes } : saidOf(body);
    const { machine, asOf, rows } = await analysis.stops.preview(said);
    return {
      machine,
      asOf: iso(asOf),
      rows: rows.map(({ key, changed, before, after, ...span }) => ({
        ...{ key, ...spanOf(span), changed },
        before: sideOf(before),
        after: sideOf(after),
      })),
    };
  },
});

const exactOrNull = (value: bigint | null) => (value === null ? null : exactInteger(value));

const sideOf = ({ ms, figures }: PreviewSide) => ({
  ms,
  figures: figures.map(({ kpi, value, numerator, denominator, unit, notAssessable }) => ({
    ...{ kpi, value, numerator: exactOrNull(numerator), denominator: exactOrNull(denominator) },
    ...{ unit, notAssessable },
  })),
});
