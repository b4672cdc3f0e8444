import { existsSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { parseDurationMs } from '../../simulators/duration.ts';
import { type Command, number, text, UsageError } from '../command.ts';

export const bench: Command = {
  id: 'bench',
  watchesSignal: true,
  summary: 'Measures, and prints JSON lines: each run, then the medians. Nothing fails on a clock.',
  positionals:
    '<start|demo|ingest|drain|workers|sparkplug|live|fresh|machines|ledger|rebuild|assess|page> [PART]',
  options: {
    runs: { type: 'string', value: 'N', help: 'how often; default 5' },
    set: {
      type: 'string',
      value: 'NAME=N',
      help: 'another size, e.g. messages=200000; may be repeated',
      multiple: true,
    },
    for: { type: 'string', value: 'SPAN', help: 'how long the page is left open, e.g. 10m; page only' },
    telegraf: { type: 'string', value: 'PATH', help: 'a Telegraf to compare with, turn by turn; drain only' },
    json: { type: 'boolean', help: 'no difference: the output is JSON lines' },
  },
  async run(invocation) {
    // Benchmarks need what a production install leaves out, so they are loaded only when asked for.
    const { BENCHMARKS } = await import('../../test/bench/index.ts');
    const { summaryOf } = await import('../../test/bench/measure.ts');
    const [id, part] = invocation.positionals;
    const known = BENCHMARKS.find((benchmark) => benchmark.id === id);
    if (!known) throw new UsageError(`bench: say one of ${BENCHMARKS.map((one) => one.id).join(', ')}`);
    if (part !== undefined && !known.parts?.includes(part)) {
      const parts = known.parts ? `one of ${known.parts.join(', ')}` : 'nothing';
      throw new UsageError(`bench ${known.id}: ${part} is no part of it; say ${parts}`);
    }
    const telegraf = text(invocation, 'telegraf');
    if (telegraf !== undefined && !known.comparesTelegraf)
      throw new UsageError(`bench ${known.id} takes no --telegraf`);
    if (telegraf !== undefined && !existsSync(telegraf))
      throw new UsageError(
        `--telegraf ${telegraf}: there is no such file; docs/measurements/README.md says how to build one`,
      );
    const runs = number(invocation, 'runs') ?? 5;
    const settings = {
      ...known.defaults,
      ...settingsOf(invocation.values.set, known.defaults),
      ...spanOf(text(invocation, 'for'), known),
    };
    const results: Readonly<Record<string, number>>[] = [];
    for (let run = 1; run <= runs && !invocation.signal.aborted; run++) {
      const figures = await known.run(settings, { part, telegraf });
      results.push(figures);
      invocation.print(JSON.stringify({ bench: known.id, run, ...figures }));
    }
    const machine = {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      platform: `${platform()}-${arch()}`,
      node: process.version,
    };
    invocation.print(
      JSON.stringify({
        bench: known.id,
        title: known.title,
        runs: results.length,
        settings,
        machine,
        figures: summaryOf(results),
      }),
    );
    return 0;
  },
};

function spanOf(
  span: string | undefined,
  { id, spanSetting }: { readonly id: string; readonly spanSetting?: string },
): Record<string, number> {
  if (span === undefined) return {};
  if (!spanSetting) throw new UsageError(`bench ${id} takes no --for`);
  const ms = parseDurationMs(span);
  if (!ms) throw new UsageError(`--for ${span}: write a span, e.g. 10m`);
  return { [spanSetting]: ms / 1000 };
}

function settingsOf(given: unknown, defaults: Readonly<Record<string, number>>): Record<string, number> {
  const settings: Record<string, number> = {};
  for (const pair of (given as string[] | undefined) ?? []) {
    const [name = '', value = ''] = pair.split('=');
    if (!(name in defaults) || !Number.isFinite(Number(value)) || value === '') {
      throw new UsageError(`--set ${pair}: write NAME=N with one of ${Object.keys(defaults).join(', ')}`);
    }
    settings[name] = Number(value);
  }
  return settings;
}
