import { crc32 } from 'node:zlib';
import type { Refusal } from '../domain/refusal.ts';
import { UNMATCHED } from './books.ts';
import type { Binding, Decoder } from './decode/decoder.ts';
import { quoted } from './decode/names.ts';
import type { Shape } from './guard/machines.ts';
import type { SourceTraffic } from './source-traffic.ts';

/** What a topic says of its messages, worked out once. */
export interface Route {
  readonly source: string;
  /** The decoder that the topic belongs to, also where the topic is wrong; `null`: none. */
  readonly rule: string | null;
  readonly topicHash: number;
  readonly to: { readonly decoder: Decoder; readonly binding: Binding } | Refusal;
  /** The shape of the topic's last reading: the next one most likely has it again. */
  shape: Shape | null;
  /** What passes of its source; met with the topic's first message. */
  traffic: SourceTraffic | null;
}

const MAX_ROUTES = 50_000;

/** Finds the decoder of a topic, and remembers it. */
export function createRouter(decoders: readonly Decoder[]) {
  const routes = new Map<string, Route>();
  return (topic: string): Route => {
    const known = routes.get(topic);
    if (known) return known;
    if (routes.size >= MAX_ROUTES) routes.clear();
    const route = routeOf(topic, decoders);
    routes.set(topic, route);
    return route;
  };
}

/** Asks the decoders in their order for a topic. */
export function routeOf(topic: string, decoders: readonly Decoder[]): Route {
  const topicHash = crc32(topic);
  for (const decoder of decoders) {
    const bound = decoder.bind(topic);
    if (bound === undefined) continue;
    if ('code' in bound)
      return { source: UNMATCHED, rule: decoder.id, topicHash, to: bound, shape: null, traffic: null };
    return {
      source: bound.source,
      rule: decoder.id,
      topicHash,
      to: { decoder, binding: bound },
      shape: null,
      traffic: null,
    };
  }
  const detail = `No rule maps the topic ${quoted(topic)}; publish below kaidong/v1, or subscribe to less.`;
  return {
    source: UNMATCHED,
    rule: null,
    topicHash,
    to: { code: 'no-rule', detail },
    shape: null,
    traffic: null,
  };
}
