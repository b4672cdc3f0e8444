import { expect, test } from 'vitest';
import type { Query, ResultPart } from '../../store/influx/influxql.ts';
import { machinePathReader } from '../../store/influx/machine-paths.ts';
import { StoreUnavailable } from '../../store/port.ts';

const HOUR_MS = 3_600_000;

/** A store's answers: the keys of its series, and the machines that have a point. */
interface Contents {
  series: readonly string[] | Error;
  machines: readonly string[];
}

function under(contents: Contents) {
  const asked: string[] = [];
  const query: Query = async function* (statements) {
    const statement = statements.join('; ');
    asked.push(statement.split(' ')[0] as string);
    if (!statement.startsWith('SHOW')) {
      for (const machine of contents.machines) {
        const tags = { enterprise: 'e', site: 's', area: 'a', line: 'l', machine };
        yield part([[1, true]], tags);
      }
      return;
    }
    if (contents.series instanceof Error) throw contents.series;
    yield part(contents.series.map((key) => [key]));
  };
  let now = 0;
  const read = machinePathReader(query, () => now);
  return {
    /** The last levels of the paths, and what was asked for them. */
    async paths(after = 0) {
      now += after;
      asked.length = 0;
      const paths = await read();
      return { machines: paths.map((path) => path.split('/').at(-1)), asked: asked.join(' ') };
    },
  };
}

const part = (values: ResultPart['values'], tags: ResultPart['tags'] = {}): ResultPart => ({
  statement: 0,
  tags,
  columns: [],
  values,
});

test('while the series stay the same, no point is looked for', async () => {
  const contents: Contents = { series: ['one', 'two'], machines: ['one', 'two'] };
  const reader = under(contents);
  expect(await reader.paths()).toEqual({ machines: ['one', 'two'], asked: 'SHOW SELECT' });
  expect(await reader.paths()).toEqual({ machines: ['one', 'two'], asked: 'SHOW' });
  contents.series = ['one', 'two', 'three'];
  contents.machines = ['one', 'three', 'two'];
  expect(await reader.paths()).toEqual({ machines: ['one', 'three', 'two'], asked: 'SHOW SELECT' });
  contents.series = ['two', 'three'];
  contents.machines = ['three', 'two'];
  expect(await reader.paths()).toEqual({ machines: ['three', 'two'], asked: 'SHOW SELECT' });
});

test('a store that holds nothing is asked no more than one that does', async () => {
  const reader = under({ series: [], machines: [] });
  await reader.paths();
  expect(await reader.paths()).toEqual({ machines: [], asked: 'SHOW' });
});

test('a series without a point may get one: machines are looked for each time', async () => {
  const contents: Contents = { series: ['one', 'two'], machines: ['one'] };
  const reader = under(contents);
  expect(await reader.paths()).toMatchObject({ machines: ['one'] });
  contents.machines = ['one', 'two'];
  expect(await reader.paths()).toMatchObject({ machines: ['one', 'two'] });
});

test('a machine whose points the store itself removed is gone within the hour, though its series stays', async () => {
  const contents: Contents = { series: ['one', 'two'], machines: ['one', 'two'] };
  const reader = under(contents);
  await reader.paths();
  contents.machines = ['two'];
  expect(await reader.paths(HOUR_MS)).toMatchObject({ machines: ['two'] });
});

test('a store that lists no series is asked for points', async () => {
  const reader = under({ series: new Error('SHOW SERIES is not implemented'), machines: ['one'] });
  expect(await reader.paths()).toMatchObject({ machines: ['one'] });
  expect(await reader.paths()).toMatchObject({ machines: ['one'] });
});

test('a store that is away is asked once', async () => {
  const reader = under({ series: new StoreUnavailable('away'), machines: ['one'] });
  await expect(reader.paths()).rejects.toThrow(StoreUnavailable);
});
