import type { EpochMs } from '../../domain/time.ts';

interface Timed {
  readonly ts: EpochMs;
  readonly index: number;
}

/** Streams that ascend in time, as one: by time, then index. Holds one event of each stream. */
export function* mergeByTime<T extends Timed>(streams: readonly Iterator<T>[]): Generator<T, void> {
  const heap = new Heap<{ event: T; stream: Iterator<T> }>(
    (a, b) => a.event.ts - b.event.ts || a.event.index - b.event.index,
  );
  for (const stream of streams) {
    const { value, done } = stream.next();
    if (!done) heap.push({ event: value, stream });
  }
  for (let head = heap.first; head; head = heap.first) {
    yield head.event;
    const { value, done } = head.stream.next();
    if (done) heap.pop();
    else {
      head.event = value;
      heap.sinkFirst();
    }
  }
}

/** A binary heap; the first is the least. */
export class Heap<T> {
  private readonly items: T[] = [];
  private readonly compare: (a: T, b: T) => number;
  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare;
  }

  get first(): T | undefined {
    return this.items[0];
  }

  get size(): number {
    return this.items.length;
  }

  push(item: T): void {
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.compare(item, items[parent] as T) >= 0) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0 && last !== undefined) {
      items[0] = last;
      this.sinkFirst();
    }
    return first;
  }

  /** Puts the first in its place after it changed. */
  sinkFirst(): void {
    const { items } = this;
    const item = items[0] as T;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.compare(items[child + 1] as T, items[child] as T) < 0) child++;
      if (this.compare(items[child] as T, item) >= 0) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = item;
  }
}
