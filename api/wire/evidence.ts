import { z } from 'zod';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { GRADES } from '../../domain/plausibility/check.ts';
import { group, measureWindow } from './assess-scalars.ts';
import { figure } from './figure.ts';
import { pilot } from './pilot.ts';
import { count, spanFields, time } from './scalars.ts';

export const loweredGrade = z.enum(['B', 'C']);

const machine = z
  .strictObject({
    path: z.string(),
    declared: z.boolean(),
    lastHeard: time.nullable().describe('newest source time of any signal, ever; null: never heard'),
    scheduledDays: count.describe('production days of the window with planned operation time'),
    heardDays: count.describe('those of them on which the machine was heard'),
    ms: z.record(z.enum(TIME_CLASSES), count),
    counts: z.strictObject({
      produced: z.int(),
      good: z.int(),
      reject: z.int(),
      duringUnknown: z.int(),
      extra: z.int(),
    }),
    stops: z
      .strictObject({ ms: count, withReasonMs: count })
      .describe('breakdown, delay and minor-stop time, and how much of it has a reason'),
    signals: z.array(z.string()).describe('names of the signals that it ever sent'),
    figures: z.array(figure),
  })
  .meta({ id: 'MachineEvidence' });

const window = z
  .strictObject({
    ...spanFields,
    window: measureWindow,
    machines: z.array(machine),
    groups: z.array(
      z.strictObject({
        group,
        machines: z.array(z.string()),
        figures: z.array(figure).describe('empty: the group has no machines'),
      }),
    ),
  })
  .meta({ id: 'WindowEvidence' });

/** Said of evidence and by `/plausibility`. */
export const UNJUDGED =
  'from the first to the last day of which measurements (and hours, where their ledger is removed too) can no longer be judged: raw data was removed before an older version kept what the checks need; absent: none';

const plausibility = z
  .strictObject({
    close: z
      .strictObject(spanFields)
      .describe(
        'the end of the period, in which all that was said was looked at; ledger days and edits were, in all of it',
      ),
    judged: z
      .strictObject(spanFields)
      .optional()
      .describe('where hours and measurements were judged: all of the period; absent: only the close look'),
    compared: z
      .strictObject(spanFields)
      .optional()
      .describe(
        "where streams were compared by their prints, each machine's with its own and with the others'; absent: they weren't yet",
      ),
    rhythms: z
      .strictObject(spanFields)
      .optional()
      .describe(
        'where rhythms were compared too, and setpoints told from measurements: all of the period; absent: rhythms only in the close look',
      ),
    grade: z.enum(GRADES).describe('the lowest of its machines'),
    machines: z.array(
      z.strictObject({
        machine: z.string(),
        grade: z.enum(GRADES),
        findings: z.array(
          z.strictObject({
            check: z.string(),
            grade: loweredGrade,
            ...spanFields,
            evidence: z.record(z.string(), z.union([z.number(), z.string()])),
          }),
        ),
        unjudged: z.strictObject(spanFields).optional().describe(UNJUDGED),
      }),
    ),
  })
  .meta({ id: 'PlausibilityEvidence', description: 'How far the evidence carries; it changes no score' });

/** Evidence as `evidenceJson` writes it. */
export const evidence = z
  .strictObject({
    pilot,
    period: z.strictObject(spanFields),
    zone: z.string(),
    asOf: time.describe('only what was known then counts'),
    settings: z.strictObject({
      networkedShare: z.number(),
      discrepancyAbove: z.number(),
      smallestPeerGroup: count,
    }),
    windows: z.array(window).describe('the first is the whole period'),
    plausibility: plausibility.optional().describe('absent: gathered before evidence was looked over'),
  })
  .meta({ id: 'Evidence', description: 'All facts that an assessment is made of, gathered once and kept' });

const said = { note: z.string(), by: z.string(), at: time };
export const closure = z
  .strictObject({
    ...said,
    kind: z.literal('closure'),
    figure: z.string(),
    verdict: z.enum(['explained', 'corrected', 'not-accepted']),
  })
  .meta({ id: 'Closure' });

export const entry = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...said, kind: z.literal('answer'), indicator: z.string(), option: z.string() }),
    z.strictObject({ ...said, kind: z.literal('answer-withdrawn'), indicator: z.string() }),
    closure,
  ])
  .meta({ id: 'Entry', description: 'What a person adds to the facts' });
