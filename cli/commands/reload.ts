import type { Reloaded } from '../../composition/reload.ts';
import { askProcess, NothingRunning } from '../../operation/control.ts';
import { workerFolder, workersOf } from '../../operation/workers.ts';
import type { Command } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const reload: Command = {
  id: 'reload',
  summary:
    'Has the running ingest read its configuration again, without dropping the session: mapping rules, mqtt.discover and clocks change at once, the rest at the next start.',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print what changed as JSON, one line a process' },
  },
  async run(invocation) {
    const { dir } = configOf(invocation).data;
    const folders = [
      ...workersOf(dir).map((worker) => ({ name: `worker ${worker}: `, folder: workerFolder(dir, worker) })),
      { name: '', folder: dir },
    ];
    let asked = 0;
    let failed = 0;
    let nothing: unknown;
    for (const { name, folder } of folders) {
      try {
        const answer = (await askProcess(folder, 'reload', null)) as Reloaded;
        asked++;
        invocation.print(invocation.values.json === true ? JSON.stringify(answer) : `${name}${said(answer)}`);
      } catch (error) {
        if (error instanceof NothingRunning) nothing = error;
        else {
          failed++;
          invocation.report(`${name}${(error as Error).message}`);
        }
      }
    }
    if (asked + failed === 0) throw nothing;
    return failed > 0 ? 1 : 0;
  },
};

function said({ applied, restart, rules }: Reloaded): string {
  const lines: string[] = [];
  const { added, changed, removed, total } = rules;
  const parts = [
    ...(added.length > 0 ? [`new: ${added.join(', ')}`] : []),
    ...(changed.length > 0 ? [`changed: ${changed.join(', ')}`] : []),
    ...(removed.length > 0 ? [`gone: ${removed.join(', ')}`] : []),
  ];
  if (parts.length > 0) lines.push(`rules: ${parts.join('; ')}; ${total} hold now`);
  else if (applied.includes('rules')) lines.push(`rules: moved within their files; ${total} hold now`);
  if (applied.includes('mqtt.discover')) lines.push('mqtt.discover holds now');
  if (applied.some((key) => key.startsWith('clocks.'))) lines.push('clocks: the corrections hold now');
  if (applied.length === 0) lines.push('nothing that can change while messages come has changed');
  if (restart.length > 0) lines.push(`from the next start on: ${restart.join(', ')}`);
  return lines.join('\n');
}
