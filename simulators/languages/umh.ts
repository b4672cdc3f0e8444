import { workSignals } from '../event.ts';
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
    const { state, reason, gauges } = event;
    const tags: Record<string, string | number> = { ...time, state, ...(reason === null ? {} : { reason }) };
    for (const [name, value] of workSignals(event)) tags[name] = value;
    for (const [name, value] of gauges ?? []) tags[name] = name === drifted ? String(value) : value;
    return JSON.stringify(tags);
  },
  garbageOf: jsonGarbage,
};
