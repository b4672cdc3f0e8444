import { describe, expect, test } from 'vitest';
import { bearer } from '../../dashboards/web/src/api/ask.ts';

describe('a token', () => {
  test('goes with each question', () => {
    expect(bearer('kd_3f-9.Z~')).toEqual({ authorization: 'Bearer kd_3f-9.Z~' });
  });

  test.each(['', '令牌', 'two words', 'line\nbreak', 'é', '🔑'])(
    'that can be none, %j, is left out, so that the service asks for one',
    (token) => expect(bearer(token)).toEqual({}),
  );
});
