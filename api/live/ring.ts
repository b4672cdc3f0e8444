/** The newest items of a numbered series, up to a capacity; older ones fall out. */
export interface Ring<T> {
  /** Number of the newest item; of the one before the first while empty. */
  readonly newest: number;
  /** Adds an item and returns its number, one more than the newest. */
  add(item: T): number;
  /** The items after `number` with their numbers; `undefined` where some of them fell out or the number was never given. */
  after(number: number): readonly (readonly [number, T])[] | undefined;
}

/** Opens a ring whose first item gets the number after `start`. */
export function openRing<T>({ start, capacity }: { start: number; capacity: number }): Ring<T> {
  const slots: T[] = [];
  let newest = start;
  return {
    get newest() {
      return newest;
    },
    add(item) {
      newest += 1;
      slots[(newest - start - 1) % capacity] = item;
      return newest;
    },
    after(number) {
      if (number > newest || number < newest - slots.length) return undefined;
      return Array.from({ length: newest - number }, (_, index) => {
        const at = number + index + 1;
        return [at, slots[(at - start - 1) % capacity] as T] as const;
      });
    },
  };
}
