import { expect, test } from 'vitest';
import { createQueue, type Sent } from '../../dashboards/web/src/stops/queue.ts';

/** A shelf as a browser has one, a hand-moved clock, and a network that says what it is told to. */
function tablet() {
  const rests = new Map<string, string>();
  const sent: { path: string; body: Readonly<Record<string, unknown>> }[] = [];
  const state = { now: 1000, answer: (): Sent => ({ is: 'taken' }) };
  const open = () =>
    createQueue({
      shelf: {
        getItem: (key) => rests.get(key) ?? null,
        setItem: (key, value) => void rests.set(key, value),
      },
      now: () => state.now,
      send: async (path, body) => {
        const answer = state.answer();
        if (answer.is !== 'later') sent.push({ path, body });
        return answer;
      },
    });
  return { open, sent, state, rests };
}

test('what was said offline is sent later, in its order, with how long it waited', async () => {
  const { open, sent, state } = tablet();
  const queue = open();
  state.answer = () => ({ is: 'later' });
  queue.add('a', '', { reason: 'jam' });
  state.now = 2000;
  queue.add('b', '/a/undo', {});
  await queue.flush();
  expect(sent).toEqual([]);
  // The page is loaded anew.
  const again = open();
  expect(again.items().map(({ id }) => id)).toEqual(['a', 'b']);
  state.answer = () => ({ is: 'taken' });
  state.now = 61_000;
  await Promise.all([again.flush(), again.flush()]);
  expect(sent).toEqual([
    { path: '', body: { id: 'a', reason: 'jam', takenAt: 1000, sentAt: 61_000 } },
    { path: '/a/undo', body: { id: 'b', takenAt: 2000, sentAt: 61_000 } },
  ]);
  expect(again.items()).toEqual([]);
});

test('one that is refused is shown with why, and holds up nothing', async () => {
  const { open, sent, state } = tablet();
  const queue = open();
  const answers: Sent[] = [{ is: 'refused', why: 'no stop' }, { is: 'taken' }];
  state.answer = () => answers.shift() as Sent;
  queue.add('a', '', {});
  queue.add('b', '', {});
  await queue.flush();
  expect(sent.map(({ body }) => body.id)).toEqual(['a', 'b']);
  expect(queue.items()).toMatchObject([{ id: 'a', refused: 'no stop' }]);
  queue.drop('a');
  expect(open().items()).toEqual([]);
});

test('a clock that was set back makes nothing wait for ever, and a broken shelf is an empty one', async () => {
  const { open, sent, state, rests } = tablet();
  rests.set('kaidong.stops.waiting', '{"not":');
  const queue = open();
  expect(queue.items()).toEqual([]);
  queue.add('a', '', {});
  state.now = 5;
  await queue.flush();
  expect(sent[0]?.body).toMatchObject({ takenAt: 1000, sentAt: 1000 });
});

test('what is taken back before it is refused is not asked to be taken back', async () => {
  const { open, sent, state } = tablet();
  const queue = open();
  state.answer = () => ({ is: 'later' });
  queue.add('a', '', { reason: 'jam' }, 'Jam');
  queue.add('b', '/a/undo', {});
  queue.add('c', '', { reason: 'jam' });
  await queue.flush();
  const answers: Sent[] = [
    { is: 'refused', why: 'no stop', code: 'annotation-without-stop' },
    { is: 'taken' },
  ];
  state.answer = () => answers.shift() as Sent;
  await queue.flush();
  expect(sent.map(({ body }) => body.id)).toEqual(['a', 'c']);
  expect(queue.items()).toMatchObject([{ id: 'a', label: 'Jam', code: 'annotation-without-stop' }]);
});

test('two pages of one tablet lose nothing of one another', async () => {
  const { open, sent, state } = tablet();
  const [one, other] = [open(), open()];
  state.answer = () => ({ is: 'later' });
  one.add('a', '', {});
  other.add('b', '', {});
  one.reread();
  expect(one.items().map(({ id }) => id)).toEqual(['a', 'b']);
  state.answer = () => ({ is: 'taken' });
  await one.flush();
  expect(sent.map(({ body }) => body.id)).toEqual(['a', 'b']);
  expect(open().items()).toEqual([]);
});

test('a shelf that takes nothing keeps nothing from being said', async () => {
  const sent: unknown[] = [];
  const queue = createQueue({
    shelf: {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    },
    send: async (_, { id }) => {
      sent.push(id);
      return { is: 'taken' };
    },
  });
  queue.add('a', '', {});
  queue.add('b', '', {});
  expect(queue.items()).toHaveLength(2);
  await queue.flush();
  expect(sent).toEqual(['a', 'b']);
  expect(queue.items()).toEqual([]);
});
