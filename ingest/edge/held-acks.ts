/** An acknowledgement that waits until its message is durable. */
export interface HeldAck {
  readonly packetId: number;
  /** Of the payload that is held with it. */
  readonly bytes: number;
  durable: boolean;
}

/**
 * The QoS 1 acknowledgements that one connection owes. PUBACKs leave in the order in which the PUBLISHes came
 * [MQTT-4.6.0-2], those of a group commit as one write.
 */
export class HeldAcks {
  readonly #write: (packets: Buffer) => void;
  #queue: HeldAck[] = [];
  #head = 0;
  #bytes = 0;
  #flushing = false;
  #dropped = false;
  readonly #flush = (): void => this.#release();

  constructor(write: (packets: Buffer) => void) {
    this.#write = write;
  }

  /** How many are owed. */
  get size(): number {
    return this.#dropped ? 0 : this.#queue.length - this.#head;
  }

  /** Payload bytes of the messages that they are owed for. */
  get bytes(): number {
    return this.#bytes;
  }

  hold(packetId: number, bytes = 0): HeldAck {
    const ack = { packetId, bytes, durable: false };
    if (this.#dropped) return ack;
    this.#queue.push(ack);
    this.#bytes += bytes;
    return ack;
  }

  /** The message is durable: its PUBACK leaves before the event loop turns, once all before it may. */
  release(ack: HeldAck): void {
    ack.durable = true;
    if (this.#flushing || this.#queue[this.#head] !== ack) return;
    this.#flushing = true;
    queueMicrotask(this.#flush);
  }

  /** The connection is gone: nothing is acknowledged any more, and the sender sends again. */
  drop(): void {
    this.#dropped = true;
    this.#queue = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  #release(): void {
    this.#flushing = false;
    if (this.#dropped) return;
    const queue = this.#queue;
    const from = this.#head;
    let to = from;
    while (to < queue.length && queue[to]!.durable) to++;
    if (to === from) return;
    const packets = Buffer.allocUnsafe((to - from) * 4);
    for (let i = from, at = 0; i < to; i++, at += 4) {
      // Fixed header 0x40, length 2, packet id; in MQTT 5 an absent reason code means success [3.4.2.1].
      packets[at] = 0x40;
      packets[at + 1] = 2;
      packets.writeUInt16BE(queue[i]!.packetId, at + 2);
      this.#bytes -= queue[i]!.bytes;
    }
    this.#head = to;
    if (to === queue.length || to > 4096) {
      this.#queue = queue.slice(to);
      this.#head = 0;
    }
    this.#write(packets);
  }
}
