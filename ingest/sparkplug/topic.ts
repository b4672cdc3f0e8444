import type { Refusal } from '../../domain/refusal.ts';
import { nameFault, quoted } from '../decode/names.ts';

/** [tck-id-topic-structure-namespace-a] The namespace element of Sparkplug B. */
export const NAMESPACE = 'spBv1.0';

/** What every topic of it begins with. */
export const BELOW = `${NAMESPACE}/`;

/** [tck-id-topic-structure-namespace-device-id-non-associated-message-types] */
const OF_NODES = ['NBIRTH', 'NDATA', 'NDEATH', 'NCMD'] as const;
/** [tck-id-topic-structure-namespace-device-id-associated-message-types] */
const OF_DEVICES = ['DBIRTH', 'DDATA', 'DDEATH', 'DCMD'] as const;

export type Verb = (typeof OF_NODES)[number] | (typeof OF_DEVICES)[number];

/** What a topic of an edge node says. */
export interface EdgeTopic {
  readonly verb: Verb;
  readonly group: string;
  readonly node: string;
  /** `null`: the message is the node's own. */
  readonly device: string | null;
}

const isOf = <V extends string>(verbs: readonly V[], verb: string): verb is V =>
  (verbs as readonly string[]).includes(verb);

const wrong = (topic: string, why: string): Refusal => ({
  code: 'sparkplug-topic',
  detail: `The topic ${quoted(topic)} ${why}; publish to spBv1.0/group/verb/node, and with a device behind it for DBIRTH, DDATA and DDEATH.`,
});

/**
 * Reads a topic below `spBv1.0/`. [tck-id-topic-structure] `namespace/group_id/message_type/edge_node_id/[device_id]`.
 * `undefined`: it is none of Sparkplug's, or a STATE.
 */
export function edgeTopicOf(topic: string): EdgeTopic | Refusal | undefined {
  if (!topic.startsWith(BELOW)) return undefined;
  const [, group = '', verb = '', node, device, ...more] = topic.split('/');
  if (group === 'STATE') return undefined;
  const ofNode = isOf(OF_NODES, verb);
  const ofDevice = isOf(OF_DEVICES, verb);
  if (!ofNode && !ofDevice)
    return wrong(topic, `has the verb ${quoted(verb)}, which Sparkplug B 3.0 does not know`);
  if (node === undefined) return wrong(topic, 'names no edge node');
  if (ofNode && device !== undefined) return wrong(topic, `has a device behind the node's verb ${verb}`);
  if (ofDevice && device === undefined) return wrong(topic, `has no device behind the verb ${verb}`);
  if (more.length > 0) return wrong(topic, 'has too many levels');
  // [tck-id-topic-structure-namespace-valid-group-id] [tck-id-topic-structure-namespace-valid-edge-node-id]
  // [tck-id-topic-structure-namespace-valid-device-id]
  for (const level of device === undefined ? [group, node] : [group, node, device]) {
    const fault = nameFault(level);
    if (fault) return wrong(topic, `has the level ${quoted(level)}, which ${fault}`);
  }
  // [tck-id-topic-structure-namespace-unique-edge-node-descriptor] group and node together name a node.
  // [tck-id-topic-structure-namespace-unique-device-id] [tck-id-topic-structure-namespace-duplicate-device-id-across-edge-node]
  // A device is one of its node; another node may have one of the same name.
  return { verb, group, node, device: device ?? null };
}
