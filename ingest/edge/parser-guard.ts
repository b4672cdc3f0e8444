import type { Client } from 'aedes';
import type { IngestLog } from '../log.ts';
import type { MidPacket, Parse } from './publish-shortcut.ts';

/**
 * What aedes 1.2 and mqtt-packet 9 keep to themselves and this file needs: `parse` returns how many bytes wait for the rest of a
 * packet, and the state is 0 between two packets.
 */
interface Parsing {
  readonly _parser: { parse: Parse; readonly _stateCounter: number };
}

/**
 * Ends a connection that would make its parser collect more than `maxBytes`, and keeps the parser from being entered
 * again while it hands out a packet: a handler that returns at once makes aedes read and parse on from within.
 */
export function guardParser({
  client,
  maxBytes,
  log,
  shorten = (parse) => parse,
}: {
  readonly client: Client;
  readonly maxBytes: number;
  readonly log: IngestLog;
  /** Puts a shorter way before the parser. */
  readonly shorten?: (parse: Parse, midPacket: MidPacket) => Parse;
}): void {
  const { _parser: parser } = client as unknown as Parsing;
  const parse = shorten(parser.parse.bind(parser), () => parser._stateCounter !== 0);
  const next: Buffer[] = [];
  let parsing = false;
  parser.parse = (bytes) => {
    next.push(bytes);
    if (parsing) return 0;
    parsing = true;
    let pending = 0;
    for (let chunk = next.shift(); chunk; chunk = next.shift()) pending = parse(chunk);
    parsing = false;
    if (pending > maxBytes) {
      log('broker-packet-too-large', { client: client.id, maxPacketBytes: maxBytes });
      client.conn.destroy();
    }
    return pending;
  };
}
