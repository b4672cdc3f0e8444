import { readFileSync } from 'node:fs';
import type { VerifiedFigures } from '../../composition/assessor.ts';
import type { Assessment } from '../../domain/assess/assessment.ts';
import { assessmentJson, JsonShapeError } from '../../domain/assess/json.ts';
import { type Command, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const verify: Command = {
  id: 'verify',
  watchesSignal: true,
  summary: "Recomputes every measured figure of a report from stored facts, and says which aren't the same.",
  positionals: '<report.json>',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print what came out, every figure in it, as JSON' },
  },
  async run(invocation) {
    const [file] = invocation.positionals;
    if (file === undefined) throw new UsageError('verify needs the file of a report');
    const report = reportIn(file);
    const { openAssessor } = await import('../../composition/assessor-at-rest.ts');
    await using assessor = await openAssessor(configOf(invocation));
    const figures = await assessor.verify(report, invocation.signal);
    const differ = figures.filter(({ same, recomputed }) => !same && recomputed !== null);
    const lost = figures.filter(({ same, recomputed }) => !same && recomputed === null);
    if (invocation.values.json === true) {
      const counts = { figures: figures.length, differ: differ.length, lost: lost.length };
      invocation.print(JSON.stringify({ ...counts, all: figures }));
    } else {
      for (const figure of differ) invocation.print(`differs: ${inWords(figure)}`);
      for (const figure of lost) invocation.print(`can't be recomputed any more: ${inWords(figure)}`);
      const same = figures.length - differ.length - lost.length;
      invocation.print(
        `${same} of ${figures.length} figures are the same, ${differ.length} differ, ${lost.length} can't be recomputed`,
      );
    }
    return differ.length + lost.length > 0 ? 1 : 0;
  },
};

function reportIn(file: string): Assessment {
  let json: string;
  try {
    json = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`verify: can't read ${file}: ${(error as Error).message}`);
  }
  try {
    return assessmentJson.parse(json);
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    throw new UsageError(
      `verify: ${file} is no report of an assessment: ${error.message}; take one from "kaidong assess --out" or report.json of the API`,
    );
  }
}

function inWords({ window, group, kpi, reported, recomputed }: VerifiedFigures[number]): string {
  const shown = ({ value, digest }: { value: number | null; digest: string }) =>
    `${value}${digest === '' ? '' : ` (${digest.slice(0, 12)}…)`}`;
  const now = recomputed === null ? '' : `, facts give ${shown(recomputed)}`;
  return `${kpi} of ${group}, ${window}: the report says ${shown(reported)}${now}`;
}
