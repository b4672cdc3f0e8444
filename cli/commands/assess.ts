import type { AssessedPilot } from '../../composition/assessor.ts';
import type { EpochMs } from '../../domain/time.ts';
import { type Command, type Invocation, text, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';
import { instantOf } from '../instant-option.ts';
import { reportWriter } from '../report-writer.ts';

export const assess: Command = {
  id: 'assess',
  watchesSignal: true,
  summary:
    'Assesses one pilot or all by a rubric, and keeps the assessments. Ctrl-C leaves what is finished.',
  options: {
    config: CONFIG_OPTION,
    pilot: { type: 'string', value: 'ID', help: 'the pilot' },
    all: { type: 'boolean', help: 'every pilot, one after another' },
    rubric: { type: 'string', value: 'ID', help: 'the rubric' },
    version: { type: 'string', value: 'V', help: "its version; default: in effect at the period's end" },
    from: { type: 'string', value: 'TIME', help: 'beginning of the period, ISO 8601 with offset' },
    to: { type: 'string', value: 'TIME', help: 'end of the period, exclusive' },
    out: { type: 'string', value: 'PATH', help: 'where the reports go: a file, or a folder' },
    json: { type: 'boolean', help: 'print one line of JSON for each pilot' },
  },
  async run(invocation) {
    const asked = askedOf(invocation);
    const { pilot } = asked;
    const out = text(invocation, 'out');
    const { openAssessor } = await import('../../composition/assessor-at-rest.ts');
    await using assessor = await openAssessor(configOf(invocation));
    const pilots = pilot === undefined ? await assessor.pilots() : [pilot];
    if (pilots.length === 0) {
      invocation.report('there is no pilot; register one, or put a file into the folder pilots.dir');
      return 1;
    }
    const write = out === undefined ? undefined : reportWriter(out, { single: pilot !== undefined });
    const { signal } = invocation;
    let done = 0;
    let refused = 0;
    for (const [place, one] of pilots.entries()) {
      if (signal.aborted) break;
      try {
        const assessed = await assessor.assess({ ...asked.request, pilot: one }, signal);
        await write?.(assessed);
        done++;
        invocation.report(`[${place + 1}/${pilots.length}] ${one}: ${inWords(assessed)}`);
        if (invocation.values.json === true) invocation.print(JSON.stringify(withoutReport(assessed)));
      } catch (error) {
        if (signal.aborted) break;
        refused++;
        invocation.report(`[${place + 1}/${pilots.length}] ${one}: ${(error as Error).message}`);
      }
    }
    const left = pilots.length - done - refused;
    const parts = [`${done} of ${pilots.length} assessed`];
    if (refused > 0) parts.push(`${refused} could not be`);
    if (left > 0) parts.push(`stopped before the other ${left}; what is finished stays`);
    invocation.report(parts.join(', '));
    return refused > 0 || left > 0 ? 1 : 0;
  },
};

function askedOf(invocation: Invocation) {
  const pilot = text(invocation, 'pilot');
  const rubric = text(invocation, 'rubric');
  const version = text(invocation, 'version');
  if ((pilot === undefined) === (invocation.values.all !== true)) {
    throw new UsageError('assess: say either --pilot ID or --all');
  }
  if (rubric === undefined) throw new UsageError('assess: say the rubric with --rubric ID');
  const [from, to] = [timeOf(invocation, 'from'), timeOf(invocation, 'to')];
  if (from >= to) throw new UsageError('--to is not after --from; a period is half-open, [from, to)');
  return { pilot, request: { rubric, from, to, ...(version === undefined ? {} : { version }) } };
}

function timeOf(invocation: Invocation, name: string): EpochMs {
  const given = instantOf(invocation, name);
  if (given === undefined) throw new UsageError(`assess: say the period with --from TIME and --to TIME`);
  return given;
}

const withoutReport = ({ report: _report, ...rest }: AssessedPilot) => rest;

function inWords({ id, score, reached, openDiscrepancies }: AssessedPilot): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const points =
    score === null
      ? 'nothing applies'
      : score.value === null
        ? `score between ${percent(score.low)} and ${percent(score.high)}, evidence is missing`
        : `score ${percent(score.value)} (${percent(score.low)} to ${percent(score.high)})`;
  const open = openDiscrepancies > 0 ? `, ${openDiscrepancies} open discrepancies` : '';
  return `${points}, level ${reached ?? 'none'}${open}, assessment ${id}`;
}
