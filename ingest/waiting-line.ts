import type { Arrival } from './arrival.ts';
import type { Lane, SourceTraffic } from './source-traffic.ts';

/** What a source may bring in one turn: about twenty messages of 500 bytes. */
const TURN_BYTES = 16 * 1024;
/** What a message costs of a turn beside its payload. */
const MESSAGE_BYTES = 256;

export interface Room {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * What waits for its group. As long as little does, in the order of its coming. Beyond `fairAbove` each source
 * has a lane of its own, and the lanes take turns (deficit round robin, Shreedhar and Varghese 1995): a source that
 * floods waits behind itself, and any other for one round at most. The order within a source is kept.
 */
export function createWaitingLine({
  fairAbove,
  trafficOf,
}: {
  readonly fairAbove: Room;
  readonly trafficOf: (arrival: Arrival) => SourceTraffic;
}) {
  let line: Arrival[] = [];
  let inLanes = false;
  let length = 0;
  let bytes = 0;
  /** The lanes that hold something, in the order of their turns. */
  let first: Lane | null = null;
  let last: Lane | null = null;
  let lanes = 0;
  /** Its turn was cut short by the end of a group, and goes on. */
  let interrupted: Lane | null = null;

  function append(lane: Lane): void {
    lane.next = null;
    if (last) last.next = lane;
    else first = lane;
    last = lane;
  }

  function enterLane(arrival: Arrival): void {
    const traffic = trafficOf(arrival);
    traffic.lane ??= { queue: [], head: 0, bytes: 0, credit: 0, next: null };
    const { lane } = traffic;
    if (lane.queue.length === 0) {
      append(lane);
      lanes++;
    }
    lane.queue.push(arrival);
    lane.bytes += arrival.message.payload.length;
  }

  function takeFairly(most: Room): Arrival[] {
    const group: Arrival[] = [];
    let taken = 0;
    const full = (): boolean => group.length >= most.messages || taken >= most.bytes;
    while (first && !full()) {
      const lane: Lane = first;
      const { queue } = lane;
      if (interrupted !== lane) lane.credit += TURN_BYTES;
      interrupted = null;
      while (lane.head < queue.length && !full()) {
        const arrival = queue[lane.head] as Arrival;
        const size = arrival.message.payload.length;
        if (size + MESSAGE_BYTES > lane.credit) break;
        lane.credit -= size + MESSAGE_BYTES;
        lane.head++;
        lane.bytes -= size;
        taken += size;
        group.push(arrival);
      }
      if (lane.head < queue.length && full()) {
        interrupted = lane;
        break;
      }
      first = lane.next;
      if (!first) last = null;
      if (lane.head < queue.length) {
        // What was taken must not be held for as long as the flood lasts.
        if (lane.head > queue.length / 2) {
          lane.queue = queue.slice(lane.head);
          lane.head = 0;
        }
        append(lane);
      } else {
        Object.assign(lane, { queue: [], head: 0, bytes: 0, credit: 0, next: null });
        lanes--;
      }
    }
    length -= group.length;
    bytes -= taken;
    if (length === 0) inLanes = false;
    return group;
  }

  return {
    push(arrival: Arrival): void {
      length++;
      bytes += arrival.message.payload.length;
      if (inLanes) {
        enterLane(arrival);
        return;
      }
      line.push(arrival);
      if (length > fairAbove.messages || bytes > fairAbove.bytes) {
        inLanes = true;
        for (const waiting of line) enterLane(waiting);
        line = [];
      }
    },

    /** The next group: at most so many messages, and no further one beyond so many bytes. */
    take(most: Room): Arrival[] {
      if (inLanes) return takeFairly(most);
      let count = 0;
      let taken = 0;
      while (count < line.length && count < most.messages && taken < most.bytes) {
        taken += (line[count++] as Arrival).message.payload.length;
      }
      const group = count === line.length ? line : line.slice(0, count);
      line = count === line.length ? [] : line.slice(count);
      length -= count;
      bytes -= taken;
      return group;
    },

    /** Whether as much of the source waits as would be its part, were the room shared equally by all that wait. */
    hasItsPart({ lane }: SourceTraffic, room: Room): boolean {
      const parts = Math.max(1, lanes);
      const waiting = lane ? lane.queue.length - lane.head : 0;
      return waiting >= room.messages / parts || (lane?.bytes ?? 0) >= room.bytes / parts;
    },

    get length() {
      return length;
    },
    get bytes() {
      return bytes;
    },
  };
}
