import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProvedSide } from '../../analysis/proof.ts';
import type { Command, Invocation } from '../../cli/command.ts';
import { NotChecked, UsageError } from '../../cli/command.ts';
import { inputs } from '../../cli/commands/inputs.ts';
import { verify } from '../../cli/commands/verify.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { HOUR, plantAtRest } from './plant-at-rest.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function ran(command: Command, values: Invocation['values'], ...positionals: string[]) {
  const printed: string[] = [];
  const code = await command.run({
    ...{ values, positionals, print: (line) => printed.push(line), report: () => {} },
    ...{ write: (text) => printed.push(text), signal: new AbortController().signal },
  });
  return { code, text: printed.join('\n') };
}

async function asked() {
  const { dir, from } = await plantAtRest();
  const span = { from: new Date(from).toISOString(), to: new Date(from + HOUR).toISOString() };
  const given = { config: join(dir, 'kaidong.yaml'), ...span };
  const rows = async (more: Invocation['values'] = {}) =>
    JSON.parse((await ran(verify, { ...given, ...more, json: true })).text).rows;
  return { dir, from, given, span, rows };
}

interface SavedRow {
  readonly key: object;
  readonly from: string;
  readonly to: string;
  readonly recomputed: ProvedSide;
}

/** What `/kpis` would have answered, made of what verify tells. */
async function savedAnswer(world: Awaited<ReturnType<typeof asked>>, change: (figure: object) => object) {
  const rows = await world.rows({ by: 'machine', kpi: 'utilisation,availability' });
  const file = join(world.dir, 'kpis.json');
  const integer = (text: string | null) => (text === null ? null : Number(text));
  const saved = rows.map(({ key, from, to, recomputed }: SavedRow) => ({
    ...{ key, from, to },
    figures: recomputed.figures.map((figure) =>
      change({
        ...{ ...figure, digest: recomputed.digest },
        numerator: integer(figure.numerator),
        denominator: integer(figure.denominator),
      }),
    ),
  }));
  writeFileSync(file, JSON.stringify({ rows: saved }));
  return file;
}

describe('verify of figures', () => {
  test('recomputes them, with and without a digest that was noted', async () => {
    const { given, rows } = await asked();
    const [row] = await rows({ scope: 'acme/a', kpi: 'utilisation' });
    expect(row).toMatchObject({ outcome: 'same', recomputed: { figures: [{ kpi: 'utilisation' }] } });
    const { digest } = row.recomputed;
    const noted = await ran(verify, { ...given, scope: 'acme/a', digest: digest.toUpperCase() });
    expect(noted.code).toBe(0);
    expect(noted.text).toMatch(/1 of 1 rows are what raw data gives, 0 differ/);
    const other = await ran(verify, { ...given, scope: 'acme/a', digest: '0'.repeat(64) });
    expect(other.code).toBe(1);
    expect(other.text).toContain(`--digest is 000000000000…, raw data gives ${digest.slice(0, 12)}…`);
  });

  test('checks every row of a saved answer with all its figures, and takes none twice', async () => {
    const world = await asked();
    const { config } = world.given;
    const file = await savedAnswer(world, (figure) => figure);
    const { rows } = JSON.parse(readFileSync(file, 'utf8'));
    const [first] = rows;
    const doctored = first.figures.map((figure: object) => ({ ...figure, value: 0.99 }));
    writeFileSync(file, JSON.stringify({ rows: [first, { ...first, figures: doctored }] }));
    await expect(ran(verify, { config }, file)).rejects.toThrow('row 2 is about what row 1 is about already');
    const others = rows.slice(1);
    expect(others.length).toBeGreaterThan(0);
    const [one] = first.figures;
    const changed = {
      ...others[0],
      figures: [others[0].figures[0], { ...others[0].figures[1], value: 0.99 }],
    };
    writeFileSync(
      file,
      JSON.stringify({ rows: [{ ...first, figures: [one] }, changed, ...others.slice(1)] }),
    );
    const found = await ran(verify, { config }, file);
    expect(found.code).toBe(1);
    expect(found.text).toContain('the file says value 0.99');
  });

  test('holds a saved answer of /kpis against raw data', async () => {
    const world = await asked();
    const { config } = world.given;
    expect((await ran(verify, { config }, await savedAnswer(world, (figure) => figure))).code).toBe(0);
    const forged = await savedAnswer(world, (figure) => ({ ...figure, numerator: 3_000_000 }));
    const { code, text } = await ran(verify, { config }, forged);
    expect(code).toBe(1);
    expect(text).toMatch(
      /differs: acme\/a\/a\/l\/m, .*utilisation: the file says numerator 3000000, raw data gives/,
    );
    const late = { machine: 'acme/a/a/l/m', ts: world.from + 5000, signals: ['state'], values: ['down'] };
    const file = await savedAnswer(world, (figure) => figure);
    {
      await using store = await openEmbeddedStore({ dir: join(world.dir, 'data/store') });
      await store.write([late]);
    }
    const after = await ran(verify, { config }, file);
    expect([after.code, after.text.match(/^differs/gm)?.length]).toEqual([1, 1]);
    expect(after.text).toMatch(/the file has digest .*, raw data gives/);
  });

  test('accuses no file of which it is not said of which machines it is', async () => {
    const world = await asked();
    const { config } = world.given;
    const [machine] = await world.rows({ by: 'machine', kpi: 'utilisation' });
    const saved = async (scope: string, changes: object = {}) => {
      const [row] = await world.rows({ scope, kpi: 'utilisation' });
      const { figures, digest } = row.recomputed as ProvedSide;
      const integers = (one: ProvedSide['figures'][number]) => ({
        numerator: Number(one.numerator),
        denominator: Number(one.denominator),
      });
      const told = figures.map((one) => ({ ...one, digest, ...integers(one), ...changes }));
      const file = join(world.dir, 'of-some.json');
      writeFileSync(file, JSON.stringify({ rows: [{ key: {}, from: row.from, to: row.to, figures: told }] }));
      return file;
    };
    const scope = machine.key.machine as string;
    const ofOne = await saved(scope);
    const unsaid = await ran(verify, { config }, ofOne);
    expect(unsaid.code).toBe(3);
    expect(unsaid.text).toContain('name them with --scope');
    expect((await ran(verify, { config, scope }, ofOne)).code).toBe(0);
    expect((await ran(verify, { config, scope: '' }, ofOne)).code).toBe(1);
    expect((await ran(verify, { config }, await saved(''))).code).toBe(0);
    // The right digest shows that all were meant: what else differs is told.
    expect((await ran(verify, { config }, await saved('', { numerator: 1 }))).code).toBe(1);
  });

  test('names rows that the file leaves out, and that raw data does not give', async () => {
    const world = await asked();
    const file = await savedAnswer(world, (figure) => figure);
    const { config } = world.given;
    const saved = JSON.parse(readFileSync(file, 'utf8'));
    const [first, ...others] = saved.rows;
    writeFileSync(
      file,
      JSON.stringify({ rows: [{ ...first, key: { machine: 'acme/z/a/l/m' } }, ...others] }),
    );
    const { code, text } = await ran(verify, { config }, file);
    expect(code).toBe(1);
    expect(text).toMatch(/differs: acme\/a\/a\/l\/m, .*: the file leaves this row out/);
    expect(text).toMatch(/differs: acme\/z\/a\/l\/m, .*: raw data gives no such row/);
  });

  test('says apart what can no longer be verified, and that nobody can be asked', async () => {
    const { dir, given } = await asked();
    const config = join(dir, 'short.yaml');
    writeFileSync(config, `data: { dir: ${join(dir, 'data')}, retentionDays: 1 }\n`);
    const { code, text } = await ran(verify, { ...given, config, scope: 'acme/a', digest: '0'.repeat(64) });
    expect(code).toBe(3);
    expect(text).toMatch(
      /could not be checked: .*it can no longer be verified: raw data of that time is removed/,
    );
    await expect(ran(verify, { ...given, url: 'http://127.0.0.1:1' })).rejects.toThrow(NotChecked);
    await expect(ran(verify, { ...given, url: 'http://127.0.0.1:1' })).rejects.toThrow(/does not answer/);
    writeFileSync(config, `data: { dir: ${join(dir, 'nowhere')} }\n`);
    await expect(ran(verify, { ...given, config })).rejects.toThrow(/there is no data in/);
  });

  test.each<[string, Record<string, string>]>([
    ['verify needs the file of a report', {}],
    ['--by: "week" is not known; known are: site', { by: 'week' }],
    ['there is no KPI "speed"; known are: ', { kpi: 'speed' }],
    ['--digest: write the 64 hexadecimal digits', { digest: 'abc' }],
    ['--digest is that of one row; the question has 4', { by: 'machine', digest: '0'.repeat(64) }],
  ])('refuses what it can not mean: %s', async (message, more) => {
    const { given } = await asked();
    const values = Object.keys(more).length === 0 ? { config: given.config } : { ...given, ...more };
    const refusal = ran(verify, values);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(message);
  });
});

describe('inputs', () => {
  test('have the SHA-256 that the cell has, and the cells that of their row', async () => {
    const { given, rows } = await asked();
    const [row] = await rows({ scope: 'acme/a' });
    const cells = await ran(inputs, { ...given, scope: 'acme/a' });
    expect(sha256(cells.text)).toBe(row.recomputed.digest);
    const [[machine, , , digest]] = JSON.parse(cells.text);
    const cell = await ran(inputs, { ...given, machine });
    expect(sha256(cell.text)).toBe(digest);
    expect(JSON.parse(cell.text)).toMatchObject({
      machine,
      series: [{ signal: 'state', value: ['running'] }],
    });
  });

  test('need a machine or a scope, and a span', async () => {
    const { given } = await asked();
    await expect(ran(inputs, given)).rejects.toThrow(
      'inputs needs one of --machine (a cell) and --scope (a row)',
    );
    await expect(ran(inputs, { ...given, to: given.from, scope: 'acme' })).rejects.toThrow(
      '--to is not after',
    );
    await expect(ran(inputs, { config: given.config, scope: 'acme' })).rejects.toThrow(
      'needs --from and --to',
    );
  });
});
