import { readFileSync } from 'node:fs';
import { type Command, type Invocation, text, UsageError } from '../command.ts';
import { PROVER_OPTIONS } from '../prover.ts';
import { verifyFigures } from '../verify-figures.ts';
import { verifyReport } from '../verify-report.ts';

export const verify: Command = {
  id: 'verify',
  watchesSignal: true,
  summary:
    "Recomputes from raw data, past all that is recorded: a report of an assessment, a saved answer of /kpis, or the figures of --scope, --from and --to; says what isn't the same. Exit 0: the same, 1: differs, 3: could not be checked.",
  positionals: '[report.json | kpis.json]',
  options: {
    ...PROVER_OPTIONS,
    scope: {
      type: 'string',
      value: 'PATH',
      help: 'the machines whose figures are verified; default: all, or those that the rows of a saved answer name',
    },
    from: { type: 'string', value: 'TIME', help: 'begin of the span' },
    to: { type: 'string', value: 'TIME', help: 'its end' },
    by: { type: 'string', value: 'LIST', help: 'what rows are grouped by, as in /kpis' },
    kpi: { type: 'string', value: 'LIST', help: 'the figures; default: all' },
    zone: { type: 'string', value: 'ZONE', help: 'zone of hours and days, as in /kpis' },
    'as-of': { type: 'string', value: 'TIME', help: 'only what had happened by then; default: now' },
    digest: { type: 'string', value: 'HEX', help: 'the digest that the one row must have' },
    json: {
      type: 'boolean',
      help: 'print what came out, every figure in it, as JSON; its outcome is same, differs or not-checked',
    },
  },
  async run(invocation) {
    const [file] = invocation.positionals;
    if (file === undefined) {
      if (text(invocation, 'from') === undefined || text(invocation, 'to') === undefined) {
        throw new UsageError(
          'verify needs the file of a report or of an answer of /kpis, or --from and --to (and --scope, --by, --kpi)',
        );
      }
      return verifyFigures(invocation, null);
    }
    const json = contentOf(file);
    if (isFigures(json)) return verifyFigures(invocation, { file, json });
    refuseForReport(invocation);
    return verifyReport(invocation, { file, json });
  },
};

/** What says where a report is verified, and how that is told; all else is said by the report itself. */
const FOR_REPORTS: readonly string[] = ['config', 'json'];

function refuseForReport({ values }: Invocation): void {
  const useless = Object.keys(values).filter((name) => !FOR_REPORTS.includes(name));
  if (useless.length === 0) return;
  const names = useless.map((name) => `--${name}`).join(', ');
  throw new UsageError(
    `verify: ${names} can't be said with a report: it names its pilot and period itself, and is held against the data folder of --config; leave it out`,
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`verify: can't read ${file}: ${(error as Error).message}`);
  }
}

/** An answer of `/kpis` has rows; a report of an assessment has none at its top. */
function isFigures(json: string): boolean {
  try {
    const parsed = JSON.parse(json) as { readonly rows?: unknown } | null;
    return Array.isArray(parsed?.rows);
  } catch {
    return false;
  }
}
