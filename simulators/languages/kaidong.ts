import { driftedPayloadOf, topicOf } from '../event.ts';
import { jsonGarbage } from './json-garbage.ts';
import type { Language } from './language.ts';

/** contracts.md "MQTT": the default topics. */
export const kaidong: Language = {
  id: 'kaidong',
  does: 'wide JSON on the default topics',
  pathOf: (machine) => machine,
  topicOf,
  payloadOf: ({ event, drifted }) => driftedPayloadOf(event, drifted),
  garbageOf: jsonGarbage,
};
