import { levelsOf, type SessionLanguage } from './language.ts';

/** What is no Sparkplug payload: Protocol Buffers that break off or were never any. */
const GARBAGE: readonly Buffer[] = [
  // A field that promises more bytes than there are.
  Buffer.from([0x08, 0x80, 0xbc, 0x95, 0xfa, 0xca, 0x33, 0x12, 0x7f, 0x0a, 0x05]),
  // A number that never ends.
  Buffer.from([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
  // A kind of field that there isn't.
  Buffer.from([0x0f, 0x01, 0x02]),
  Buffer.from([0xff, 0xff, 0xff, 0xff]),
  // JSON, by someone who took it for the other Sparkplug.
  Buffer.from('{"timestamp":1772409600000,"metrics":[]}'),
  // A frame of a field bus.
  Buffer.from([0x01, 0x03, 0x14, 0x00, 0xff, 0x8a, 0x02]),
];

/**
 * Sparkplug B 3.0: a line is an edge node, its machines are devices. Aliases, births, deaths, one sequence for all. contracts.md
 * "MQTT": it binds to `{group}/-/-/{node}/{device}`; a group is one for each site.
 */
export const sparkplug: SessionLanguage = {
  id: 'sparkplug',
  kind: 'session',
  does: 'Sparkplug B: each line an edge node with births, deaths, aliases and answers to rebirth requests',
  rules: [],
  pathOf(machine) {
    const [enterprise, site, area, line, name] = levelsOf(machine);
    return `${enterprise}-${site}/-/-/${area}-${line}/${name}`;
  },
  sourceOf(machine) {
    const [group, , , node] = levelsOf(machine);
    return `${group}/${node}`;
  },
  nodeOf(machine) {
    const [group, , , node] = levelsOf(machine);
    return { group, node };
  },
  garbageOf: (draw) => GARBAGE[Math.floor(draw * GARBAGE.length)] as Buffer,
};
