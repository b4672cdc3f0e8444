import { jsonGarbage } from './json-garbage.ts';
import type { PlainLanguage } from './language.ts';

/** United Manufacturing Hub: `_historian` messages of its unified namespace, several tags in one. */
export const umh: PlainLanguage = {
  id: 'umh',
  kind: 'plain',
  does: '_historian messages of the United Manufacturing Hub',
  rules: [{ use: 'umh' }],
  pathOf: (machine) => machine,
  sourceOf: (machine) => machine,
  topicOf: (machine) => `umh/v1/${machine}/_historian`,
  payloadOf({ event, drifted }) {
    const time = { timestamp_ms: event.ts };
    if (event.kind === 'last-will') return JSON.stringify({ ...time, state: 'unknown', reason: 'offline' });
    const { state, reason, count, reject, product, gauges } = event;
    const tags: Record<string, string | number> = { ...time, state };
    for (const [name, value] of Object.entries({ reason, count, reject, product })) {
      if (value !== null) tags[name] = value;
    }
    for (const [name, value] of gauges ?? []) tags[name] = name === drifted ? String(value) : value;
    return JSON.stringify(tags);
  },
  garbageOf: jsonGarbage,
};
