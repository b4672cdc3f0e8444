import { driftedPayloadOf, topicOf } from '../event.ts';
import { jsonGarbage } from './json-garbage.ts';
import type { PlainLanguage } from './language.ts';

/** contracts.md "MQTT": the default topics. */
export const kaidong: PlainLanguage = {
  id: 'kaidong',
  kind: 'plain',
  does: 'wide JSON on the default topics',
  rules: [],
  pathOf: (machine) => machine,
  sourceOf: (machine) => machine,
  topicOf,
  payloadOf: ({ event, drifted }) => driftedPayloadOf(event, drifted),
  garbageOf: jsonGarbage,
};
