import { z } from 'zod';
import { FINALITIES } from '../../analysis/finality.ts';
import type { ShiftPlace, ShiftReport, ShiftSums } from '../../analysis/shift-report.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { figure, figureOf } from './figure.ts';
import { ledgerRow, ledgerRowOf } from './ledger-row.ts';
import { lineRule, lineRuleOf, lineStopsFields, lineStopsOf } from './line-stops.ts';
import { lossBar, lossBarsOf } from './loss-bar.ts';
import { state } from './machine.ts';
import { count, iso, spanFields, spanOf, time } from './scalars.ts';

const sums = {
  row: ledgerRow,
  figures: z.array(figure),
};
const place = {
  shift: z.string().nullable().describe('null: the whole production day'),
  day: z.string().describe('the production day'),
  ...spanFields,
};
const strip = z
  .strictObject({ ...spanFields, class: z.enum(TIME_CLASSES) })
  .meta({ id: 'StripPiece', description: 'A stretch of one time class' });
const shiftStop = z
  .strictObject({
    machine: z.string(),
    class: z.enum(TIME_CLASSES),
    state,
    reason: z.string().nullable().describe('null: none was given'),
    ms: count,
    stops: z.int().positive(),
    longestMs: count,
  })
  .meta({ id: 'ShiftStop' });
const remark = z
  .strictObject({
    code: z
      .string()
      .describe('never-heard, unknown-time, facts-removed, line-order, or a flag of ledger rows and figures'),
    machine: z.string().nullable().describe('null: of the line'),
    ms: count.nullable(),
  })
  .meta({ id: 'ShiftRemark', description: 'What a reader must know of the data' });

/** What a shift report holds beside its notes. */
export const shiftReportFields = {
  line: z.string(),
  ...place,
  zone: z.string(),
  asOf: time,
  status: z
    .enum(['running', ...FINALITIES])
    .describe(
      'running: not over; provisional: late data may still change it; final; changed-after-final: it did change later',
    ),
  finalAt: time,
  ...sums,
  losses: z.array(lossBar).describe('the waterfall of the row'),
  machines: z.array(
    z.strictObject({ machine: z.string(), ...sums, strip: z.array(strip) }).meta({ id: 'ShiftMachine' }),
  ),
  work: z
    .array(z.strictObject(sums).meta({ id: 'ShiftWork' }))
    .describe('by product and order, where anything was said of them'),
  stops: z.array(shiftStop).describe('what planned busy time was lost to, the longest first'),
  lineStops: z.strictObject({ rule: lineRule, ...lineStopsFields }).meta({ id: 'ShiftLineStops' }),
  before: z
    .strictObject({ ...place, ...sums })
    .nullable()
    .meta({ id: 'ShiftBefore', description: 'The same shift before' }),
  remarks: z.array(remark),
};

const sumsOf = ({ row, figures }: ShiftSums) => ({ row: ledgerRowOf(row), figures: figures.map(figureOf) });
const placeOf = ({ shift, day, ...span }: ShiftPlace) => ({ shift, day, ...spanOf(span) });

export const shiftReportOf = (report: ShiftReport) => ({
  line: report.place.line,
  ...placeOf(report.place),
  zone: report.place.zone,
  asOf: iso(report.asOf),
  status: report.status,
  finalAt: iso(report.finalAt),
  ...sumsOf(report.whole),
  losses: lossBarsOf(report.whole.row),
  machines: report.machines.map(({ machine, strip, ...own }) => ({
    machine,
    ...sumsOf(own),
    strip: strip.map((piece) => ({ ...spanOf(piece), class: piece.class })),
  })),
  work: report.work.map(sumsOf),
  stops: report.stops.map(({ machine, class: name, state, reason, ms, stops, longestMs }) => ({
    ...{ machine, class: name, state, reason, ms, stops, longestMs },
  })),
  lineStops: { rule: lineRuleOf(report.line), ...lineStopsOf(report.lineStops) },
  before: report.before && { ...placeOf(report.before.place), ...sumsOf(report.before) },
  remarks: report.remarks.map((one) => ({ ...one })),
});
