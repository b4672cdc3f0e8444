import { z } from 'zod';
import { EQUIPMENT_FLAGS, PROCESS_FLAGS } from '../../domain/assess/register.ts';
import { INDICATOR_KINDS } from '../../domain/assess/rubric.ts';
import { bilingual, date, fraction, group, measureWindow, source } from './assess-scalars.ts';
import { processType, programme } from './pilot.ts';

const flags = z.array(z.enum([...new Set([...EQUIPMENT_FLAGS, ...PROCESS_FLAGS])]));

export const measureReference = z
  .union([
    z.strictObject({ measure: z.string(), group, window: measureWindow }),
    z.strictObject({
      register: z.strictObject({ count: z.enum(['equipment', 'processes']), where: flags, of: flags }),
    }),
  ])
  .meta({ id: 'MeasureReference', description: 'A measure of the catalogue, or a count of the register' });

const condition = z
  .strictObject({
    what: measureReference,
    atLeast: z.number().nullable(),
    atMost: z.number().nullable(),
    source,
  })
  .meta({ id: 'Condition' });

const option = z
  .strictObject({
    id: z.string(),
    text: bilingual,
    points: fraction,
    level: z.string().nullable(),
    when: z.array(condition).describe('all hold: telemetry gives the answer; empty: only a person can'),
    source,
  })
  .meta({ id: 'Option' });

const band = z
  .strictObject({ from: z.number().nullable(), to: z.number().nullable(), points: fraction, source })
  .meta({ id: 'Band', description: 'Points for a value in [from, to)' });

const scoring = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('options'), options: z.array(option) }),
    z.strictObject({ kind: z.literal('bands'), what: measureReference, bands: z.array(band) }),
  ])
  .meta({ id: 'Scoring' });

const indicator = z
  .strictObject({
    id: z.string(),
    title: bilingual,
    kind: z.enum(INDICATOR_KINDS),
    processTypes: z.array(processType),
    weight: fraction.nullable().describe('among its neighbours; null: its highest points'),
    scoring,
    evidence: z.array(measureReference),
    remediation: bilingual,
    source,
  })
  .meta({ id: 'Indicator' });

const domain = z
  .strictObject({
    id: z.string(),
    title: bilingual,
    weight: fraction.nullable(),
    publishedPoints: fraction.nullable(),
    indicators: z.array(indicator),
  })
  .meta({ id: 'RubricDomain' });

const element = z
  .strictObject({
    id: z.string(),
    title: bilingual,
    weight: fraction.nullable(),
    domains: z.array(domain),
  })
  .meta({ id: 'RubricElement' });

const gateFields = { id: z.string(), title: bilingual, source };
const gate = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...gateFields,
      kind: z.literal('option'),
      indicator: z.string(),
      option: z.string(),
    }),
    z.strictObject({ ...gateFields, kind: z.literal('score'), of: z.string(), atLeast: fraction }),
    z.strictObject({ ...gateFields, kind: z.literal('measure'), condition }),
  ])
  .meta({ id: 'Gate', description: 'What must hold for a level' });

/** A rubric as `rubricJson` writes it. */
export const rubric = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    title: bilingual,
    note: bilingual,
    effective: z.strictObject({ from: date, to: date.nullable() }),
    processTypes: z.array(processType),
    source,
    levels: z
      .array(
        z.strictObject({
          id: z.string(),
          title: bilingual,
          programme: programme.nullable(),
          gates: z.array(gate),
        }),
      )
      .describe('lowest first'),
    elements: z.array(element),
    dependencies: z.array(
      z.strictObject({
        answer: z.strictObject({ indicator: z.string(), option: z.string() }),
        caps: z.strictObject({ indicator: z.string(), atMost: z.string() }),
        source,
      }),
    ),
  })
  .meta({ id: 'Rubric', description: 'A versioned set of indicators with weights, levels and sources' });
