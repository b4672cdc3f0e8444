import { crc32 } from 'node:zlib';
import { filterMatches } from '../domain/mapping/filters.ts';
import type { MappingRule } from '../domain/mapping/rule.ts';
import type { Refusal } from '../domain/refusal.ts';
import { UNMATCHED } from './books.ts';
import type { Binding, Decoder } from './decode/decoder.ts';
import { quoted } from './decode/names.ts';
import { UNKNOWN_ROW } from './group-books.ts';
import type { Shape } from './guard/machines.ts';
import { ruleDecoder } from './mapping/rule-decoder.ts';
import type { IncomingMessage } from './message.ts';
import type { SourceTraffic } from './source-traffic.ts';

/** Which messages are what, beside our own topics. */
export interface Mapping {
  /** The first that matches a topic counts. */
  readonly rules: readonly MappingRule[];
  /** Topics that are looked at and not stored, so that rules can be proposed. */
  readonly discover: readonly string[];
  /** Filters that were subscribed wider than anyone asked for, so that no two overlap. */
  readonly widened: readonly string[];
}

export const NO_MAPPING: Mapping = { rules: [], discover: [], widened: [] };

/** Messages that nobody asked for, or asked only to look at. */
export interface Overlooked {
  readonly overlooked: 'discovered' | 'unasked';
  readonly seen: ((message: IncomingMessage) => void) | null;
}

/** What a topic says of its messages, worked out once. */
export interface Route {
  readonly source: string;
  /** The decoder that the topic belongs to, also where the topic is wrong; `null`: none. */
  readonly rule: string | null;
  /** Where the rule is written; `null`: it is built in, or there is none. */
  readonly place: string | null;
  readonly topicHash: number;
  readonly to: { readonly decoder: Decoder; readonly binding: Binding } | Refusal | Overlooked;
  /** The shape of the topic's last reading: the next one most likely has it again. */
  shape: Shape | null;
  /** What passes of its source; met with the topic's first message. */
  traffic: SourceTraffic | null;
  /** Of that, where its books and its numbers stand; {@link UNKNOWN_ROW}: it wasn't met. */
  row: number;
  /** The same where the source has books of its own, else {@link UNKNOWN_ROW}. */
  ownRow: number;
  /** While these rules hold. */
  readonly rules: object;
}

const MAX_ROUTES = 50_000;

interface Table {
  readonly decoders: readonly Decoder[];
  readonly mapping: Mapping;
}

/** Finds the decoder of a topic, and remembers it until the rules change. */
export function createRouter({
  decoders: builtIn,
  mapping,
  corrected = (decoder) => decoder,
  seen,
  mostRoutes = MAX_ROUTES,
}: {
  /** Those that are always there; they are asked first, and keep what they remember when the rules change. */
  readonly decoders: readonly Decoder[];
  readonly mapping: Mapping;
  /** The same decoder with the times of its sources put right. */
  readonly corrected?: (decoder: Decoder) => Decoder;
  readonly seen: (message: IncomingMessage) => void;
  /** Topics that are remembered. */
  readonly mostRoutes?: number | undefined;
}) {
  const routes = new Map<string, Route>();
  const tableOf = (of: Mapping): Table => ({
    decoders: [...builtIn, ...of.rules.filter(({ format }) => format !== 'sparkplug').map(ruleDecoder)].map(
      corrected,
    ),
    mapping: of,
  });
  let table = tableOf(mapping);
  /** Rules that are gone and whose topics may still be on their way. */
  let retiring: Table | null = null;
  /** Another whenever topics may be read otherwise. */
  let rules: object = {};

  function forget(): void {
    rules = {};
    routes.clear();
  }

  function fresh(topic: string): Route {
    const topicHash = crc32(topic);
    const found = bound(table, topic) ?? (retiring && bound(retiring, topic));
    const unmet = { topicHash, shape: null, traffic: null, row: UNKNOWN_ROW, ownRow: UNKNOWN_ROW, rules };
    if (found) return { ...found, ...unmet };
    const { discover, widened } = table.mapping;
    const how = discover.some((filter) => filterMatches(filter, topic))
      ? 'discovered'
      : widened.some((filter) => filterMatches(filter, topic))
        ? 'unasked'
        : null;
    if (how) {
      const to = { overlooked: how, seen: how === 'discovered' ? seen : null } as const;
      return { source: UNMATCHED, rule: how, place: null, to, ...unmet };
    }
    const detail = `No rule maps the topic ${quoted(topic)}; publish below kaidong/v1, or write a mapping rule for it ("kaidong suggest" proposes one).`;
    const to = { code: 'no-rule', detail } as const;
    return { source: UNMATCHED, rule: null, place: null, to, ...unmet };
  }

  function of(topic: string): Route {
    const known = routes.get(topic);
    if (known) return known;
    if (routes.size >= mostRoutes) forget();
    const route = fresh(topic);
    routes.set(topic, route);
    return route;
  }

  return {
    /** The route of a message's topic. */
    of({ topic, met }: Pick<IncomingMessage, 'topic' | 'met'>): Route {
      if (met === undefined) return of(topic);
      if (met.route?.rules !== rules) met.route = of(topic);
      return met.route;
    },

    /** The route of a topic that nobody may ever publish to: it isn't remembered. */
    fresh,

    /** From now on other rules hold; those before still do for topics that the new ones leave alone, until `retire`. */
    replace(next: Mapping): void {
      retiring = table;
      table = tableOf(next);
      forget();
    },

    /** Other corrections of clocks hold. */
    recorrect(): void {
      table = tableOf(table.mapping);
      retiring &&= tableOf(retiring.mapping);
      forget();
    },

    retire(): void {
      retiring = null;
      forget();
    },
  };
}

export type Router = ReturnType<typeof createRouter>;

function bound(
  { decoders, mapping }: Table,
  topic: string,
): Pick<Route, 'source' | 'rule' | 'place' | 'to'> | undefined {
  for (const decoder of decoders) {
    const binding = decoder.bind(topic);
    if (binding === undefined) continue;
    const place = mapping.rules.find(({ id }) => id === decoder.id)?.place ?? null;
    if ('code' in binding) return { source: UNMATCHED, rule: decoder.id, place, to: binding };
    return { source: binding.source, rule: decoder.id, place, to: { decoder, binding } };
  }
  return undefined;
}
