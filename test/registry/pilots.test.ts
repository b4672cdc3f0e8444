import { expect, test } from 'vitest';
import type { PilotShelf } from '../../analysis/assessment/port.ts';
import { pilot } from '../domain/assess/pilot.ts';
import { openForTest, tempDir } from './open.ts';

test('a pilot comes back as it was put, in every process', () => {
  const dir = tempDir();
  const one: PilotShelf = openForTest({ dir }).pilots;
  const other: PilotShelf = openForTest({ dir }).pilots;
  const second = pilot({ id: 'b', sites: [], equipment: [], baselineYear: null });
  one.put([second, pilot({ id: 'a' })]);
  expect(other.list()).toEqual([pilot({ id: 'a' }), second]);
  expect(other.get('b')).toEqual(second);
  expect(other.get('c')).toBeUndefined();
  other.put([pilot({ id: 'b', sites: ['x/y'] })]);
  expect(one.get('b')?.sites).toEqual(['x/y']);
  expect([one.remove('b'), one.remove('b')]).toEqual([true, false]);
  expect(other.list().map(({ id }) => id)).toEqual(['a']);
});

test('a site belongs to one pilot: nothing of the whole write is kept otherwise', () => {
  const { pilots } = openForTest();
  pilots.put([pilot({ id: 'a', sites: ['x/y'] })]);
  expect(() => pilots.put([pilot({ id: 'b', sites: ['p/q'] }), pilot({ id: 'c', sites: ['x/y'] })])).toThrow(
    /UNIQUE constraint failed: pilot_site.site/,
  );
  expect(pilots.list()).toEqual([pilot({ id: 'a', sites: ['x/y'] })]);
});

test('a site passes from one pilot to another in one write, and is free again after a removal', () => {
  const { pilots } = openForTest();
  pilots.put([pilot({ id: 'a', sites: ['x/y', 'x/z'] }), pilot({ id: 'b', sites: [] })]);
  pilots.put([pilot({ id: 'b', sites: ['x/y'] }), pilot({ id: 'a', sites: ['x/z'] })]);
  expect(pilots.list().map(({ id, sites }) => [id, sites])).toEqual([
    ['a', ['x/z']],
    ['b', ['x/y']],
  ]);
  pilots.remove('a');
  pilots.put([pilot({ id: 'c', sites: ['x/z', 'x/z'] })]);
  expect(pilots.get('c')?.sites).toEqual(['x/z', 'x/z']);
});

test('the register is part of a backup and comes back with it', async () => {
  const registry = openForTest();
  registry.pilots.put([pilot()]);
  const folder = tempDir();
  await registry.backup(folder);
  registry.pilots.remove('haida');
  expect(openForTest({ dir: folder }).pilots.list()).toEqual([pilot()]);
});
