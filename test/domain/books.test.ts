import { expect, test } from 'vitest';
import { addBooks, emptyBooks, imbalance } from '../../domain/books.ts';

test('books without a message balance', () => {
  const { messages, observations } = emptyBooks();
  expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
});

test('what is received beyond all fates is out of balance, and so is a fate without a message', () => {
  const { observations } = emptyBooks();
  const fates = {
    stored: 1,
    duplicate: 2,
    refused: 3,
    ignored: 4,
    spooled: 5,
    inFlight: 6,
    thinned: 7,
    replaced: 8,
  };
  expect(imbalance({ ...observations, ...fates, received: 36 })).toBe(0);
  expect(imbalance({ ...observations, ...fates, received: 38 })).toBe(2);
  expect(imbalance({ ...observations, ...fates, received: 30 })).toBe(-6);
});

test('books are added fate by fate', () => {
  const { observations: sum } = emptyBooks();
  const one = { ...sum, received: 3, stored: 2, thinned: 1 };
  addBooks(sum, one);
  addBooks(sum, { ...one, refused: 5 });
  expect(sum).toEqual({ ...emptyBooks().observations, received: 6, stored: 4, thinned: 2, refused: 5 });
});
