import { FAULTS } from '../simulators/faults/index.ts';
import { SIMULATE_OPTIONS } from '../simulators/options.ts';
import { NOTICE, table } from './markdown.ts';

const durationOf = (ms: number | null): string =>
  ms === null ? '–' : ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1_000}s`;

/** What `kaidong simulate` can do to what machines say, and every option. */
export const simulatorPage = (): string =>
  [
    NOTICE,
    '# The simulator',
    '',
    '`kaidong simulate` plays a plant whose truth is known, and compares a platform with it: the ledger to the millisecond and the',
    'piece, and the books to the message. It ends with exit code 1 where anything differs.',
    '',
    '## Faults',
    '`--faults` takes `fault=share[:duration]`, comma-separated, or the name of a YAML or JSON file:',
    '',
    '```yaml',
    'duplicates: 0.01',
    'reorder: 0.02:30s',
    'deaths: { share: 0.01, within: 30s }',
    'garbage: 0.001',
    '```',
    '',
    '`simulators/plans/everything.yaml` has them all. They befall what is said in this order. One seed fixes all of them, and the share of one leaves the others where they are.',
    '',
    table(
      ['Fault', 'What it does', 'Share of', 'Duration unless said', 'How truth and books account for it'],
      FAULTS.map(({ id, does, shareOf, withinMs, accounts }) => [
        `\`${id}\``,
        does,
        shareOf,
        durationOf(withinMs),
        accounts,
      ]),
    ),
    '',
    '## Options',
    table(
      ['Option', 'What it does', 'Default'],
      SIMULATE_OPTIONS.map(({ name, value, does, default: usual }) => [
        `\`--${name}${value === undefined ? '' : ` ${value}`}\``,
        name === 'faults' ? 'a fault plan, as above' : does,
        usual ?? '',
      ]),
    ),
    '',
  ].join('\n');
