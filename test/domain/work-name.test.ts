import { expect, test } from 'vitest';
import { unprintableIn } from '../../domain/orders/work-name.ts';

test('a name is told by its first character that nobody could read or type', () => {
  expect(unprintableIn('工单 A-1')).toBeNull();
  expect(unprintableIn('')).toBeNull();
  expect(unprintableIn('A\u0007B\u0000')).toEqual({ place: 2, code: 'U+0007' });
  expect(unprintableIn('A\tB')).toEqual({ place: 2, code: 'U+0009' });
  expect(unprintableIn('\ud800')).toEqual({ place: 1, code: 'U+D800' });
});
