import { describe } from 'vitest';
import type { Store } from '../../store/port.ts';
import { factsContract } from './contract/facts.ts';
import { hearingContract } from './contract/hearing.ts';
import { ledgerContract } from './contract/ledger.ts';
import { lifeContract } from './contract/life.ts';
import { pointsContract, rangesContract } from './contract/points.ts';
import { readingContract } from './contract/reading.ts';
import { writingContract } from './contract/writing.ts';

/** A fresh, empty store, and what a test needs beside the port. */
export interface StoreUnderTest extends AsyncDisposable {
  readonly store: Store;
  /** Closes the store in use and opens another on the same data. */
  reopen(): Promise<Store>;
  /** Machine, grain, start and revision of the ledger cells in the history, in any order. */
  history(): Promise<readonly LedgerKey[]>;
}

export interface LedgerKey {
  readonly machine: string;
  readonly grain: string;
  readonly from: number;
  readonly revision: number;
}

/** An observation that the store refuses, as only its adapter's test can know. */
export interface Poison {
  /** Makes the store such that it refuses what follows. */
  prepare?(store: Store): Promise<void>;
  readonly signal: string;
  readonly value: number | bigint | boolean | string;
  /** What is refused: the observation alone, or its whole reading. */
  readonly refused: 'signal' | 'reading';
  /** The store's own reason. */
  readonly detail: RegExp;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/**
 * The suite that every adapter passes. `open` gives a fresh and empty store for each test, which disposes of it.
 * Without `poison` a store is taken to refuse nothing that reaches it.
 */
export function storeContract(
  name: string,
  open: OpenStore,
  { poison }: { readonly poison?: Poison } = {},
): void {
  describe(`the store contract: ${name}`, () => {
    describe('writing', () => writingContract(open, poison));
    describe('reading back', () => readingContract(open));
    describe('facts', () => factsContract(open));
    describe('hearing', () => hearingContract(open));
    describe('points', () => pointsContract(open));
    describe('ranges', () => rangesContract(open));
    describe('recorded ledgers', () => ledgerContract(open));
    describe('life', () => lifeContract(open));
  });
}
