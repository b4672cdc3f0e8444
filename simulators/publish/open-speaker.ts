import type { EpochMs } from '../../domain/time.ts';
import type { SessionLanguage } from '../languages/language.ts';
import type { SpokenPlant } from '../plant/spoken.ts';
import { edgeNode } from '../sparkplug/edge.ts';
import { type EdgeCounts, type EdgeSession, openEdgeSession } from '../sparkplug/session.ts';
import type { BrokerOptions } from './client.ts';
import { openPublisher, type Publisher } from './publisher.ts';
import { expect, nothingExpected, plainWords, type Speaker } from './speaker.ts';

export interface SpeakerOptions {
  readonly broker: BrokerOptions;
  readonly spoken: SpokenPlant;
  /** `undefined`: what each language takes by itself. */
  readonly qos: 0 | 1 | undefined;
  readonly connections: number;
  readonly primaryHostId: string | null;
  /** Simulated time at the beginning. */
  readonly start: EpochMs;
}

/** Sessions opened at a time. */
const AT_ONCE = 16;

/** Opens the connections that a plant's languages need. Rejects when one fails, with the remedy. */
export async function openSpeaker(options: SpeakerOptions): Promise<Speaker> {
  const { broker, spoken, qos, connections } = options;
  const { languageOf } = spoken;
  const expected = nothingExpected();
  await using open = new AsyncDisposableStack();
  const plain = [...languageOf].filter(([, { kind }]) => kind === 'plain').length;
  const publisher =
    plain === 0
      ? null
      : open.use(
          await openPublisher({ ...broker, qos: qos ?? 1, connections: Math.min(connections, plain) }),
        );
  const edges: EdgeCounts = { published: 0, acknowledged: 0, reconnects: 0, rebirths: 0 };
  const sessions = await openSessions(options, edges, open);
  const words = new Map<string, Speaker['say']>();
  for (const [machine, language] of languageOf) {
    if (language.kind === 'plain') words.set(machine, plainWords(publisher as Publisher, language));
    else words.set(machine, (sessions.get(language.sourceOf(machine)) as EdgeSession).say);
  }
  const kept = open.move();
  const sum = (name: 'published' | 'acknowledged' | 'reconnects'): number =>
    (publisher?.counts[name] ?? 0) + edges[name];
  return {
    expected,
    counts: {
      get published() {
        return sum('published');
      },
      get acknowledged() {
        return sum('acknowledged');
      },
      get reconnects() {
        return sum('reconnects');
      },
    },
    say(told) {
      expect(expected, told);
      return words.get(told.event.machine)?.(told);
    },
    async drain(withinMs) {
      const all = [...sessions.values(), ...(publisher ? [publisher] : [])];
      return (await Promise.all(all.map((one) => one.drain(withinMs)))).every(Boolean);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function openSessions(
  { broker, spoken, qos, primaryHostId, start }: SpeakerOptions,
  counts: EdgeCounts,
  open: AsyncDisposableStack,
): Promise<ReadonlyMap<string, EdgeSession>> {
  const nodes = new Map<string, { readonly language: SessionLanguage; readonly machine: string }>();
  for (const [machine, language] of spoken.languageOf) {
    if (language.kind === 'session') nodes.set(language.sourceOf(machine), { language, machine });
  }
  const sessions = new Map<string, EdgeSession>();
  const queue = nodes.entries();
  const worker = async (): Promise<void> => {
    for (const [source, { language, machine }] of queue) {
      const { group, node } = language.nodeOf(machine);
      const edge = edgeNode({ group, node, garbageOf: language.garbageOf });
      // [tck-id-payloads-ndata-qos] and its like: data goes at QoS 0, unless asked for otherwise.
      const session = await openEdgeSession({
        ...{ broker, edge, group, node, primaryHostId, start, counts },
        qos: qos ?? 0,
      });
      sessions.set(source, open.use(session));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sessions;
}
