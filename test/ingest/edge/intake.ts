import type { IncomingMessage, Intake } from '../../../ingest/message.ts';

/** What the intake was given, and the hand that makes it durable. */
export interface Accepted {
  readonly message: IncomingMessage;
  readonly text: string;
  readonly durable: (error?: Error) => void;
}

/** An intake moved by hand: a message is durable when the test says so, or at once with `automatic`. */
export class HandIntake implements Intake {
  full = false;
  automatic: boolean;
  readonly accepted: Accepted[] = [];
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  constructor({ automatic = false } = {}) {
    this.automatic = automatic;
  }

  accept(message: IncomingMessage, durable: (error?: Error) => void): void {
    this.accepted.push({ message, text: Buffer.from(message.payload).toString(), durable });
    if (this.automatic) durable();
    for (const waiter of this.#waiting) if (this.accepted.length >= waiter.count) waiter.resolve();
  }

  /** Resolves when that many messages were accepted in all. */
  async got(count: number): Promise<readonly Accepted[]> {
    if (this.accepted.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    }
    return this.accepted;
  }

  get texts(): string[] {
    return this.accepted.map(({ text }) => text);
  }
}
