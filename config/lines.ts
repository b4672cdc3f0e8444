import { LINE_DEFAULTS, type Line } from '../domain/line/line.ts';
import { lineRuleOf } from '../domain/line/rules/index.ts';
import { levelsOf, type MachinePath, prefixOf } from '../domain/path.ts';
import type { ConfigFile } from './schema.ts';
import type { FileProblem } from './yaml-source.ts';

type Entry = ConfigFile['lines'][number];

/** The lines of a configuration in the domain's words, and what is wrong with them. */
export function linesOf(
  entries: readonly Entry[],
  declared: readonly MachinePath[],
): { readonly lines: readonly Line[]; readonly problems: readonly FileProblem[] } {
  const lines = entries.map(
    ({ path, machines, bottleneck, rule, waiting, lagMs }): Line => ({
      ...{ path, declared: true, rule, lagMs },
      machines: machines ?? declared.filter((machine) => prefixOf(machine, 'line') === path),
      bottleneck: bottleneck ?? null,
      waiting: waiting ?? LINE_DEFAULTS.waiting,
    }),
  );
  const problems = entries.flatMap((entry, index) => {
    const earlier = entries.findIndex(({ path }) => path === entry.path) < index;
    return [
      ...(earlier
        ? [{ key: ['path'], message: `"${entry.path}" is declared twice; remove one of them` }]
        : []),
      ...problemsOf(entry, lines[index] as Line),
    ].map(({ key, message }) => ({ path: ['lines', index, ...key], message }));
  });
  return { lines, problems };
}

interface Wrong {
  readonly key: readonly (string | number)[];
  readonly message: string;
}

function problemsOf(entry: Entry, line: Line): readonly Wrong[] {
  if (!levelsOf(`${line.path}/machine`))
    return [{ key: ['path'], message: 'write enterprise/site/area/line' }];
  if (line.machines.length === 0) {
    const message = `no machine of "${line.path}" is declared in machines; list the machines of the line`;
    return [{ key: ['path'], message }];
  }
  const strangers = (names: readonly string[], key: readonly string[]): readonly Wrong[] =>
    names.flatMap((name, index) =>
      line.machines.includes(name)
        ? []
        : [
            {
              key: [...key, index],
              message: `"${name}" is none of the machines of the line; name one of them`,
            },
          ],
    );
  return [
    ...(entry.machines ?? []).flatMap((name, index) => {
      const key = ['machines', index];
      if (levelsOf(name) === undefined || prefixOf(name, 'line') !== line.path)
        return [{ key, message: `"${name}" lies outside the line; write ${line.path}/machine` }];
      const again = line.machines.indexOf(name) < index;
      return again ? [{ key, message: `"${name}" is there twice; a machine has one place in the flow` }] : [];
    }),
    ...(line.bottleneck !== null && !line.machines.includes(line.bottleneck)
      ? [
          {
            key: ['bottleneck'],
            message: `"${line.bottleneck}" is none of the machines of the line; name one of them`,
          },
        ]
      : []),
    ...(lineRuleOf(line.rule)?.needsBottleneck && line.bottleneck === null
      ? [{ key: ['rule'], message: `the rule "${line.rule}" needs a bottleneck; name the machine` }]
      : []),
    ...strangers(entry.waiting?.machines ?? [], ['waiting', 'machines']),
  ];
}
