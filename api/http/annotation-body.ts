import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SaidEdit, Signature } from '../../analysis/annotations/said-edit.ts';
import { ENTERED_CLASSES } from '../../domain/reason-tree.ts';
import type { EpochMs } from '../../domain/time.ts';
import { said } from './assess-parameters.ts';
import { parameter } from './parameter.ts';
import { machinePath } from './places.ts';
import { instantInBody } from './times.ts';

const LONGEST_ID = 100;

const editId = parameter(
  (text) => {
    if (/^[\w.:-]+$/.test(text) && text.length <= LONGEST_ID) return text;
    throw new Error(`is no id of letters, digits, and . : _ -, of ${LONGEST_ID} characters at most`);
  },
  {
    description:
      'Chosen by whoever says it, e.g. a random UUID: sent again after a lost answer, it is said once. Absent: the platform chooses',
    allowed: [`letters, digits, and . : _ -, at most ${LONGEST_ID}`],
    examples: ['0d8f8c5e-6f0f-4a0e-9f57-5a1b7c1f2f11'],
  },
);

/** Who says something, when and why. */
const signatureFields = {
  id: editId.optional(),
  by: said('Who says so', '王工'),
  note: said('Why', '更换轴承').nullable().optional(),
  takenAt: instantInBody('When it was said, by the clock of the tablet').nullable().optional(),
  sentAt: instantInBody('When it is sent, by the same clock: what waited was said so much earlier')
    .nullable()
    .optional(),
};

const editFields = {
  machine: machinePath('The machine'),
  kind: z
    .enum(['annotate', 'reclassify', 'split', 'merge'])
    .default('annotate')
    .describe(
      'annotate: a reason for a span; reclassify: a class by hand; split: a stop is two from `at` on; merge: the stops of a span are one',
    ),
  from: instantInBody('Begin of the span').optional(),
  to: instantInBody('End of the span; null: to the end of the stop, which may still last')
    .nullable()
    .optional(),
  at: instantInBody('Where a stop is split').optional(),
  reason: z
    .string()
    .nullable()
    .optional()
    .describe(
      'id of a reason of the site; null: takes reasons away; absent, of a merge: the first that was entered',
    ),
  class: z
    .enum(ENTERED_CLASSES)
    .nullable()
    .optional()
    .describe('what the time counts as; null: what its reason says'),
};

interface Fields {
  readonly kind: SaidEdit['kind'];
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | null | undefined;
  readonly at?: EpochMs | undefined;
  readonly reason?: string | null | undefined;
  readonly class?: SaidEdit['class'] | undefined;
}

/** Names of fields that a kind of edit needs, or has no use for. */
const NEEDED = {
  annotate: ['from'],
  merge: ['from', 'to'],
  reclassify: ['from', 'class'],
  split: ['at'],
} as const;
const USELESS = {
  annotate: ['at'],
  merge: ['at'],
  reclassify: ['at'],
  split: ['from', 'to', 'reason', 'class'],
} as const;

const checked = <S extends z.ZodType<Fields>>(schema: S): S =>
  schema.superRefine((fields, context) => {
    for (const name of NEEDED[fields.kind]) {
      if (fields[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: `is needed by kind ${fields.kind}` });
    }
    for (const name of USELESS[fields.kind]) {
      if (fields[name] !== undefined)
        context.addIssue({ code: 'custom', path: [name], message: `is no field of kind ${fields.kind}` });
    }
  });

const example = {
  ...{ machine: 'acme/zhoushan/moulding/line1/imm-01', from: '2026-03-02T08:00:00+08:00', to: null },
  ...{ reason: 'material-short', by: '王工' },
};

/** What is said of a stop. */
export const editBody = checked(
  z.strictObject({ ...editFields, ...signatureFields }).meta({ id: 'NewAnnotation', examples: [example] }),
);

export const undoBody = z.strictObject(signatureFields).meta({ id: 'Undo', examples: [{ by: '王工' }] });

/** The same, or an edit that would be taken back; nobody signs a look. */
export const previewBody = z
  .union([
    checked(z.strictObject({ ...editFields, ...signatureFields, by: signatureFields.by.optional() })),
    z.strictObject({ undoes: editId }),
  ])
  .meta({ id: 'AnnotationPreviewQuestion', examples: [example] });

type Signed = {
  readonly [K in keyof typeof signatureFields]?: z.output<(typeof signatureFields)[K]> | undefined;
};

export const signatureOf = ({ id, by, note, takenAt, sentAt }: Signed): Signature => ({
  id: id ?? randomUUID(),
  by: by ?? '',
  note: note ?? null,
  takenAt: takenAt ?? null,
  sentAt: sentAt ?? null,
});

export const saidOf = (body: Fields & Signed & { readonly machine: string }): SaidEdit => {
  const from = (body.kind === 'split' ? body.at : body.from) as EpochMs;
  return {
    ...signatureOf(body),
    ...{ machine: body.machine, kind: body.kind, from },
    to: body.kind === 'split' ? from : (body.to ?? null),
    reason: body.kind === 'merge' || body.kind === 'annotate' ? body.reason : null,
    class: body.class ?? null,
  };
};
