import { stringify } from 'yaml';
import { z } from 'zod';
import { readyFile, readyNames } from '../config/rules/ready.ts';
import { type ReadyFile, ruleSchema } from '../config/rules/schema.ts';
import { UNIT_NAMES } from '../domain/mapping/units.ts';
import { NOTICE, table } from './markdown.ts';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly anyOf?: readonly Described[];
  readonly additionalProperties?: Described;
}

/** The keys of an object of the schema, those within written with a dot. */
function keysOf({ properties = {} }: Described, before: string): readonly (readonly [string, string])[] {
  return Object.entries(properties).flatMap(([name, entry]) => {
    const key = `${before}${name}`;
    const inner = [entry, ...(entry.anyOf ?? [])].find((one) => one.properties);
    const values = entry.additionalProperties?.anyOf?.find((one) => one.properties);
    return [
      [`\`${key}\``, entry.description ?? ''] as const,
      ...(inner ? keysOf(inner, `${key}.`) : []),
      ...(values ? keysOf(values, `${key}.NAME.`) : []),
    ];
  });
}

const shown = (payload: unknown): string => {
  const text = typeof payload === 'string' ? payload.trim() : JSON.stringify(payload);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

function sectionOf({ id, title, about, source, parameters, examples }: ReadyFile): string[] {
  const [example] = examples as [ReadyFile['examples'][number]];
  const entry = { use: id, ...(Object.keys(example.with).length > 0 ? { with: example.with } : {}) };
  return [
    `## ${title.zh} · ${title.en}`,
    `${about.zh}<br>${about.en} Formats: ${source.map((url, nth) => `[${nth + 1}](${url})`).join(', ')}.`,
    '',
    '```yaml',
    stringify({ rules: [entry] }, { lineWidth: 120 }).trim(),
    '```',
    '',
    table(
      ['Parameter', '含义', 'Meaning', 'Default'],
      Object.entries(parameters).map(([name, { about, default: usual }]) => [
        `\`${name}\``,
        about.zh,
        about.en,
        usual === undefined ? 'must be given' : `\`${usual}\``,
      ]),
    ),
    '',
    `\`${example.topic}\` with \`${shown(example.payload)}\` becomes ${(example.stored as unknown[][])
      .map(([machine, , signal]) => `\`${String(signal)}\` of \`${String(machine)}\``)
      .slice(0, 4)
      .join(', ')}${example.stored.length > 4 ? ', …' : ''}.`,
    '',
  ];
}

/** The ready rule files, and the keys that a rule may have. */
export const readyRulesPage = (): string =>
  [
    NOTICE,
    '# Ready rules',
    '',
    'Rules for what products of many plants publish, each a file of `rules/` with examples that a test decodes. How rules are written, and',
    'changed while messages come, says [mapping.md](mapping.md).',
    '',
    ...readyNames().flatMap((name) => sectionOf(readyFile(name) as ReadyFile)),
    '## Keys of a rule',
    '',
    table(
      ['Key', 'Meaning'],
      keysOf(z.toJSONSchema(ruleSchema, { io: 'input', unrepresentable: 'any' }) as Described, ''),
    ),
    '',
    `Units for \`from\` and \`to\`: ${UNIT_NAMES.map((unit) => `\`${unit}\``).join(' ')}.`,
    '',
  ].join('\n');
