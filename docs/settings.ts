import { z } from 'zod';
import { ENVIRONMENT_KEYS, type EnvironmentKey } from '../config/environment.ts';
import { configSchema } from '../config/schema.ts';
import { NOTICE, table } from './markdown.ts';

interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
}

const SCHEMA = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Described;

const described = (path: EnvironmentKey['path']): Described =>
  path.reduce<Described>((entry, key) => entry.properties?.[key] ?? {}, SCHEMA);

/** What holds where nothing is set; an empty list needs no word. */
const shown = (value: unknown): string =>
  value === undefined || (Array.isArray(value) && value.length === 0)
    ? ''
    : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** Every key of `kaidong.yaml` that is one value. */
export const settingsPage = (): string =>
  [
    NOTICE,
    '# Settings',
    '',
    'Every key of `kaidong.yaml` that is one value, as an environment variable. `_FILE` behind the name reads the value from a',
    'file. Lists are parted by commas; lists of objects, such as `sites` and `machines`, are given as JSON.',
    'The JSON Schema for editors is `kaidong.schema.json`.',
    '',
    table(
      ['Key', 'Environment', 'Kind', 'Default', 'Meaning'],
      ENVIRONMENT_KEYS.map(({ path, variable, kind }) => {
        const { description = '', default: usual } = described(path);
        return [`\`${path.join('.')}\``, `\`${variable}\``, kind, shown(usual), description];
      }),
    ),
    '',
  ].join('\n');
