import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CLAUSES, type Clause } from '../ingest/sparkplug/clauses.ts';
import { DATATYPES } from '../ingest/sparkplug/datatypes.ts';
import { NOTICE, table } from './markdown.ts';
import { KIT } from './sparkplug-kit.ts';

const ROOT = join(import.meta.dirname, '..');
const CITATION = /tck-id-([A-Za-z0-9-]+)/g;

/** Where each requirement is cited: in code, and in tests. */
export interface Citations {
  readonly code: ReadonlyMap<string, readonly string[]>;
  readonly tests: ReadonlyMap<string, readonly string[]>;
}

function citedIn(patterns: readonly string[], idsOf: (text: string) => string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of globSync(patterns as string[], { cwd: ROOT }).sort()) {
    for (const id of new Set(idsOf(readFileSync(join(ROOT, file), 'utf8')))) {
      found.set(id, [...(found.get(id) ?? []), relative('.', file)]);
    }
  }
  return found;
}

const inComments = (text: string): string[] => [...text.matchAll(CITATION)].map(([, id]) => id as string);

/** The list `clauses` of a case, on one line or one clause a line. */
function inCases(text: string): string[] {
  const list = /^clauses:(.*(?:\n {2}- .*)*)/m.exec(text)?.[1] ?? '';
  return [...list.matchAll(/[a-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+/g)].map(([id]) => id);
}

/** Reads the sources; code cites by `tck-id-…`, cases by their list of clauses. */
export function citations(): Citations {
  const code = citedIn(['ingest/**/*.ts', 'config/**/*.ts', 'composition/**/*.ts'], inComments);
  const tests = citedIn(['test/**/*.test.ts'], inComments);
  for (const [id, files] of citedIn(['test/ingest/sparkplug/cases/*.yaml'], inCases)) {
    tests.set(id, [...(tests.get(id) ?? []), ...files]);
  }
  return { code, tests };
}

const linked = (files: readonly string[] | undefined): string =>
  (files ?? []).map((file) => `[${file.split('/').at(-1)}](../${file})`).join(', ');

export function sparkplugPage(): string {
  const { code, tests } = citations();
  const row = ({ id, chapter, notApplicable }: Clause): string[] => [
    `\`${id}\``,
    String(chapter),
    notApplicable ?? linked(code.get(id)),
    notApplicable ? '–' : linked(tests.get(id)),
  ];
  return [
    NOTICE,
    '# Sparkplug B 3.0',
    '',
    'Kaidong is a Sparkplug host application. How to set it up, and what it makes of births, deaths and gaps, is in',
    '[operation.md](operation.md#sparkplug); why it is built so, in [ADR 11](adr/0011-sparkplug.md).',
    '',
    '## What becomes of a value',
    '',
    table(
      ['Code', 'Datatype', 'Stored as'],
      [
        ...DATATYPES.map(({ code: number, name, becomes }) => ({ number, name, becomes })),
        { number: 16, name: 'DataSet', becomes: 'text: a JSON array of rows, each an object by column' },
        {
          number: 19,
          name: 'Template',
          becomes: 'its members and parameters, as signals `instance/member`; a definition is not stored',
        },
        {
          number: 20,
          name: 'PropertySet',
          becomes: 'its `Quality` decides whether the value counts; not stored',
        },
        { number: 21, name: 'PropertySetList', becomes: 'read and checked within a PropertySet; not stored' },
      ]
        .sort((a, b) => a.number - b.number)
        .map(({ number, name, becomes }) => [String(number), name, becomes]),
    ),
    '',
    'A payload with the `uuid` `SPBV1.0_COMPRESSED` is read from its `body`, which holds another one by DEFLATE or GZIP; up to 16 MiB',
    'unpacked. A process remembers 20,000 edge nodes and as many devices; what further ones publish is refused (`too-many-names`).',
    '',
    'Where a UInt64 is 2^63 or more, that metric is refused (`sparkplug-value`) with its payload, and the rest of the message is stored. A signal has one type, pinned',
    'by its first value, and the widest integer that every store keeps is Int64: InfluxDB 1.x has no unsigned one, and as a double it would lose its last digits unseen.',
    'Counters are UInt64 too and stay far below, so not every UInt64 is made a text. Where such a number is wanted, a serial number or a bit mask as a rule, a',
    '[rule](mapping.md) says so: `signals: { serial: { at: Serial, type: text } }` keeps every digit of it, small values too; `type: number` rounds it.',
    '',
    '## Requirements on host applications',
    '',
    'Every requirement that the standard numbers for a host application (ids without `tck-id-`), where the code keeps it, and what',
    'tests it.',
    '',
    table(['Requirement', 'Chapter', 'Kept in', 'Tested in'], CLAUSES.map(row)),
    '',
    ...KIT,
    '',
  ].join('\n');
}
