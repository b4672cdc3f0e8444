import { z } from 'zod';
import { brokerUrl, clientTls } from './client-schema.ts';
import { text } from './quantities.ts';

/** An id in a topic. */
const id = text.regex(/^[^/+#]+$/, 'write it without / + #');

const broker = z.strictObject({
  url: brokerUrl,
  clientId: text
    .max(128)
    .optional()
    .describe('default: mqtt.clientId with -sparkplug and its place in the list'),
  username: text.optional(),
  password: text.optional(),
  tls: clientTls.prefault({}),
});

const machine = z.strictObject({
  group: id.optional().describe('absent: any'),
  node: id.optional().describe('absent: any'),
  device: id.optional().describe('absent: any; "-": the node itself'),
  path: text
    .regex(
      /^(?:[^/+#{}]|\{(?:group|node|device)\})+(?:\/(?:[^/+#{}]|\{(?:group|node|device)\})+){4}$/,
      'write enterprise/site/area/line/machine, in which {group}, {node} and {device} may stand',
    )
    .describe('enterprise/site/area/line/machine, in which {group}, {node} and {device} may stand'),
});

/** The section `sparkplug`. */
export const sparkplug = z.strictObject({
  // [tck-id-operational-behavior-host-application-host-id] Nobody but who configures it can see to that.
  hostId: id
    .optional()
    .describe(
      'the id under which STATE is published, unique among all hosts; absent: Kaidong only listens and asks for births',
    ),
  groups: z.array(id).default([]).describe('the groups that this process serves; empty: all'),
  brokers: z
    .array(broker)
    .default([])
    .describe('the brokers that edge nodes publish to; empty: the one of mqtt.url, or the embedded one'),
  machines: z
    .array(machine)
    .default([])
    .describe(
      'where nodes and devices belong in the plant, the first that matches; default {group}/-/-/{node}/{device}',
    ),
  reorderTimeoutSeconds: z
    .number()
    .min(0)
    .max(3600)
    .default(5)
    .describe(
      'how long a missing message of a node is waited for before its births are asked for; 0: not at all',
    ),
  rebirthIntervalSeconds: z
    .number()
    .min(1)
    .max(86_400)
    .default(10)
    .describe('a node is asked for its births at most so often, and more seldom while it does not answer'),
});
