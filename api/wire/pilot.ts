import { z } from 'zod';
import { INDUSTRIES, PROCESS_TYPES, PROGRAMMES } from '../../domain/assess/register.ts';
import { date } from './assess-scalars.ts';

export const industry = z.enum(INDUSTRIES).meta({ id: 'Industry' });
export const processType = z.enum(PROCESS_TYPES).meta({ id: 'ProcessType' });
export const programme = z.enum(PROGRAMMES).meta({ id: 'Programme' });

const equipment = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    machine: z.string().nullable().describe('path of the machine whose telemetry it is; null: it has none'),
    process: z.string().nullable().describe('id of its process'),
    key: z.boolean(),
    numericallyControlled: z.boolean(),
    digital: z.boolean(),
    shouldBeNetworked: z.boolean(),
  })
  .meta({ id: 'Equipment' });

const process = z
  .strictObject({ id: z.string(), name: z.string(), key: z.boolean(), numericallyControlled: z.boolean() })
  .meta({ id: 'Process' });

export const declaredFigure = z
  .strictObject({
    figure: z.string().describe('id of a measure or of a benefit'),
    role: z.enum(['baseline', 'current']),
    value: z.number().describe("in the figure's own unit; ratios are 0 to 1"),
    unit: z.string(),
    date,
    document: z.string(),
    period: z.strictObject({ from: date, to: date }).optional().describe('the days it is about, inclusive'),
  })
  .meta({ id: 'DeclaredFigure' });

const declaredAnswer = z
  .strictObject({
    rubric: z.string(),
    indicator: z.string(),
    option: z.string(),
    date,
    document: z.string(),
  })
  .meta({ id: 'DeclaredAnswer' });

/** A pilot as `pilotJson` writes it. */
export const pilot = z
  .strictObject({
    id: z.string(),
    enterprise: z.strictObject({
      name: z.string(),
      creditCode: z.string().nullable().describe('统一社会信用代码'),
    }),
    district: z.string(),
    industry,
    processType,
    programme,
    sites: z.array(z.string()),
    baselineYear: z.int().nullable(),
    simulated: z.boolean().describe('its telemetry is simulated, which has to be said wherever it is shown'),
    equipment: z.array(equipment),
    processes: z.array(process),
    declared: z.array(declaredFigure),
    answers: z.array(declaredAnswer),
  })
  .meta({ id: 'Pilot', description: 'A factory in the programme, as the register holds it' });
