import { workSignals } from '../event.ts';
import { levelsOf, type PlainLanguage } from './language.ts';

/** reference: InfluxDB line protocol. In names and tags comma, equals and space are escaped, in strings quote and backslash. */
const name = (text: string): string => text.replace(/[,= ]/g, '\\$&');
const string = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const GARBAGE: readonly (string | Buffer)[] = [
  // Lines that break off, each where a parser has another state.
  'machine,site=zhoushan,machine=imm-01',
  'machine,site=zhoushan,machine=imm-01 ',
  'machine,site=zhoushan,machine=imm-01 state="running',
  'machine,site=zhoushan,machine= count=12i',
  'machine,site=zhoushan,machine=imm-01 count=',
  'machine,site=zhoushan,machine=imm-01 count=12i 17724096000000000x',
  // Values of no type.
  'machine,machine=imm-01 count=twelve',
  'machine,machine=imm-01 temperature=NaN',
  'machine,machine=imm-01 count=99999999999999999999i',
  // Another format, and none at all.
  '{"state":"running","count":12}',
  'ERR: connection to PLC lost',
  Buffer.from([0x01, 0x03, 0x14, 0x00, 0xff, 0x8a, 0x02]),
  Buffer.concat([
    Buffer.from('machine,machine=imm-01 state="'),
    Buffer.from([0xd4, 0xcb, 0xd0, 0xd0]),
    Buffer.from('"'),
  ]),
];

/** Line protocol as a gateway sends it: the machine in tags, counters as integers, nanoseconds. */
export const lineProtocol: PlainLanguage = {
  id: 'line-protocol',
  kind: 'plain',
  does: 'line protocol with the machine in tags, integers and nanoseconds',
  rules: [{ id: 'line-protocol', topic: 'line-protocol/#', format: 'line-protocol' }],
  pathOf: (machine) => machine,
  sourceOf: () => 'line-protocol',
  topicOf: (machine) => `line-protocol/${levelsOf(machine).slice(0, 2).join('/')}`,
  payloadOf({ event, drifted }) {
    const levels = ['enterprise', 'site', 'area', 'line', 'machine'];
    const tags = levelsOf(event.machine).map((level, index) => `${levels[index]}=${name(level)}`);
    const fields: string[] = [];
    if (event.kind === 'last-will') fields.push('state="unknown"', 'reason="offline"');
    else {
      fields.push(`state=${string(event.state)}`);
      if (event.reason !== null) fields.push(`reason=${string(event.reason)}`);
      for (const [signal, value] of workSignals(event)) {
        fields.push(`${signal}=${typeof value === 'number' ? `${value}i` : string(value)}`);
      }
      for (const [gauge, value] of event.gauges ?? []) {
        fields.push(`${name(gauge)}=${gauge === drifted ? string(String(value)) : value}`);
      }
    }
    return `machine,${tags.join(',')} ${fields.join(',')} ${event.ts}000000`;
  },
  garbageOf: (draw) => GARBAGE[Math.floor(draw * GARBAGE.length)] ?? '',
};
