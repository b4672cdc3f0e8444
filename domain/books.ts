/** The books of messages. `received` equals the sum of the others at any moment. */
export interface MessageBooks {
  received: number;
  /** At least one of the message's observations is in the store. */
  stored: number;
  duplicate: number;
  refused: number;
  ignored: number;
  /** Durable on disk, not yet in the store. */
  spooled: number;
  /** Received, not yet durable, not acknowledged. */
  inFlight: number;
}

/** The books of observations: as those of messages, and the two fates that only an observation has. */
export interface ObservationBooks extends MessageBooks {
  /** Left out by a dead band or minimum interval. */
  thinned: number;
  /** Stored over another value of the same series and instant (a correction); not counted as `stored`. */
  replaced: number;
}

export interface Books {
  readonly messages: MessageBooks;
  readonly observations: ObservationBooks;
}

export const emptyMessageBooks = (): MessageBooks => ({
  received: 0,
  stored: 0,
  duplicate: 0,
  refused: 0,
  ignored: 0,
  spooled: 0,
  inFlight: 0,
});

export const emptyBooks = (): Books => ({
  messages: emptyMessageBooks(),
  observations: { ...emptyMessageBooks(), thinned: 0, replaced: 0 },
});

/** Adds the counts of other books of the same kind. */
export function addBooks<B extends MessageBooks | ObservationBooks>(books: B, more: B): void {
  for (const fate in books) {
    (books as Record<keyof B, number>)[fate] += (more as Record<keyof B, number>)[fate];
  }
}

/** `received` minus everything that it should equal: 0 when the books balance. */
export function imbalance(books: MessageBooks | ObservationBooks): number {
  const { received, ...fates } = books;
  return received - Object.values(fates).reduce((sum, count) => sum + count, 0);
}
