import type { VerifiedFigures } from '../composition/assessor.ts';
import type { Config } from '../config.ts';
import type { Assessment } from '../domain/assess/assessment.ts';
import { assessmentJson, JsonShapeError } from '../domain/assess/json.ts';
import { type ExitCode, type Invocation, NotChecked, UsageError } from './command.ts';
import { configOf } from './config-option.ts';

/** Holds a report of an assessment against stored facts and register: every figure, and the machines that it leaves out. */
export async function verifyReport(
  invocation: Invocation,
  { file, json }: { readonly file: string; readonly json: string },
): Promise<ExitCode> {
  const report = reportIn(file, json);
  const print = (told: object): void => {
    if (invocation.values.json === true) invocation.print(JSON.stringify(told));
  };
  const config = configOf(invocation);
  const all = await verified(report, config, invocation.signal).catch((error: unknown) => {
    if (invocation.signal.aborted) throw error;
    // Nothing is said against the report: whoever could tell isn't there.
    const because = error instanceof Error ? error.message : String(error);
    print({ outcome: 'not-checked', because, figures: 0, differ: 0, lost: 0, all: [] });
    throw new NotChecked(`${file} could not be checked: ${because}`, { cause: error });
  });
  const of = (asked: VerifiedFigures[number]['outcome']) => all.filter(({ outcome }) => outcome === asked);
  const [differ, lost] = [of('differs'), of('not-checked')] as const;
  const outcome = differ.length > 0 ? 'differs' : lost.length > 0 ? 'not-checked' : 'same';
  if (invocation.values.json === true) {
    const counts = { figures: all.length, differ: differ.length, lost: lost.length };
    print({ outcome, ...counts, all });
  } else {
    for (const one of differ) invocation.print(`differs: ${inWords(one)}`);
    for (const one of lost) invocation.print(`could not be checked: ${inWords(one)}`);
    const same = all.length - differ.length - lost.length;
    invocation.print(
      `${same} of ${all.length} are the same, ${differ.length} differ, ${lost.length} could not be checked`,
    );
  }
  return EXIT[outcome];
}

/** How a verification ends. */
export const EXIT = { same: 0, differs: 1, 'not-checked': 3 } as const satisfies Record<string, ExitCode>;

async function verified(report: Assessment, config: Config, signal: AbortSignal): Promise<VerifiedFigures> {
  const { openAssessor } = await import('../composition/assessor-at-rest.ts');
  await using assessor = await openAssessor(config);
  return await assessor.verify(report, signal);
}

function reportIn(file: string, json: string): Assessment {
  try {
    return assessmentJson.parse(json);
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    throw new UsageError(
      `verify: ${file} is neither a report of an assessment nor an answer of /kpis: ${error.message}; take a report from "kaidong assess --out" or report.json of the API`,
    );
  }
}

function inWords({ window, group, kpi, reported, recomputed, because }: VerifiedFigures[number]): string {
  const shown = ({ value, digest }: { value: number | null; digest: string }) =>
    `${value ?? ''}${digest === '' ? '' : `${value === null ? '' : ' '}(${digest.slice(0, 12)}…)`}` ||
    'nothing';
  const now = recomputed === null ? '' : `, facts give ${shown(recomputed)}`;
  const why = because === null ? '' : `; ${because}`;
  return `${kpi} of ${group}, ${window}: the report says ${shown(reported)}${now}${why}`;
}
