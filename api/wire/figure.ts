import { z } from 'zod';
import type { Figure } from '../../analysis/answers.ts';
import { FIGURE_FLAGS } from '../../domain/formula.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import { exactInteger } from './exact-json.ts';
import { digest, revision } from './row.ts';
import { integer } from './scalars.ts';

const FLAGS = [...new Set<string>([...FIGURE_FLAGS, ...LEDGER_FLAGS])];

/** A KPI with its proof, as `/kpis` and an assessment's evidence have it. */
export const figure = z
  .strictObject({
    kpi: z.string(),
    value: z
      .number()
      .nullable()
      .describe('numerator / denominator; null where the denominator is zero or an input is missing'),
    low: z.number().nullable().describe('the value if all unknown time counted against it'),
    high: z.number().nullable().describe('the value if all unknown time counted for it'),
    coverage: z
      .number()
      .nullable()
      .describe('known share of planned busy time; null where nothing was planned'),
    numerator: integer.nullable(),
    denominator: integer.nullable().describe('known time'),
    unit: z.string(),
    formulaVersion: z.string(),
    revision,
    digest,
    inputs: z
      .record(z.string(), integer)
      .describe('the ledger sums that the formula used, the unit in the name'),
    flags: z.array(z.string()).describe(`what is worth saying: ${FLAGS.join(', ')}`),
    notAssessable: z.boolean().describe("coverage is below the machine's floor"),
  })
  .meta({ id: 'Figure', description: 'A KPI with its proof' });

const exactOrNull = (value: bigint | null) => (value === null ? null : exactInteger(value));

export const figureOf = (figure: Figure) => ({
  kpi: figure.kpi,
  value: figure.value,
  low: figure.low,
  high: figure.high,
  coverage: figure.coverage,
  numerator: exactOrNull(figure.numerator),
  denominator: exactOrNull(figure.denominator),
  unit: figure.unit,
  formulaVersion: figure.formulaVersion,
  revision: figure.revision,
  digest: figure.digest,
  inputs: Object.fromEntries(Object.entries(figure.inputs).map(([name, sum]) => [name, exactInteger(sum)])),
  flags: figure.flags,
  notAssessable: figure.notAssessable,
});
