import { expect, test } from 'vitest';
import { shiftName } from '../../domain/shift-names.ts';
import * as calendars from '../../simulators/shifts.ts';

test('every shift of the simulated calendars has a Chinese name', () => {
  const shifts = new Set(Object.values(calendars).flatMap((shifts) => shifts.map(({ id }) => id)));
  expect(shifts.size).toBeGreaterThan(5);
  const unnamed = [...shifts].filter((id) => !/[\u4e00-\u9fff]/.test(shiftName(id, 'zh')));
  expect(unnamed).toEqual([]);
});

test.each([
  ['A班', '甲 and the like are a plant’s own names'],
  ['toString', 'a property of every object is no name'],
])('%s stays as it is: %s', (shift) => {
  expect(shiftName(shift, 'zh')).toBe(shift);
});

test('English keeps the word of the calendar', () => {
  expect(shiftName('night', 'en')).toBe('night');
});
