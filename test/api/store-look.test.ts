import { expect, test } from 'vitest';
import { createStoreLook } from '../../api/store-look.ts';

/** A store that answers when the test says so, and a clock that is moved by hand. */
function silentStore() {
  const asked: PromiseWithResolvers<unknown>[] = [];
  let now = 0;
  const look = createStoreLook({
    probe: () => {
      const answer = Promise.withResolvers<unknown>();
      asked.push(answer);
      return answer.promise;
    },
    clock: () => now,
    slowMs: 1,
    awayMs: 15_000,
  });
  const wait = (ms: number): void => {
    now += ms;
  };
  return { look, asked, wait };
}

test('a store that answers can be read', async () => {
  const look = createStoreLook({ probe: () => Promise.resolve() });
  expect(await look()).toEqual({ is: 'read' });
});

test('a store that refuses is away at once', async () => {
  const look = createStoreLook({ probe: () => Promise.reject(new Error('connect ECONNREFUSED')) });
  expect(await look()).toEqual({ is: 'away', reason: 'connect ECONNREFUSED' });
});

test('a silent store is busy for fifteen seconds, then away, then back', async () => {
  const { look, asked, wait } = silentStore();
  expect(await look()).toEqual({ is: 'busy', waitedMs: 0 });
  wait(14_999);
  expect(await look()).toEqual({ is: 'busy', waitedMs: 14_999 });
  expect(asked.length, 'looks while one is under way').toBe(1);
  wait(1);
  expect(await look()).toEqual({ is: 'away', reason: 'no answer for 15 s' });
  expect(asked.length, 'a look that may have been lost is followed by another').toBe(2);
  wait(10_000);
  expect(await look(), 'the second silence goes on from the first').toMatchObject({ is: 'away' });
  asked[1]?.resolve(undefined);
  expect(await look()).toEqual({ is: 'read' });
});

test('after an answer, patience begins anew', async () => {
  const { look, asked, wait } = silentStore();
  await look();
  wait(14_000);
  asked[0]?.resolve(undefined);
  expect(await look()).toEqual({ is: 'read' });
  await look();
  wait(14_000);
  expect(await look()).toEqual({ is: 'busy', waitedMs: 14_000 });
});
