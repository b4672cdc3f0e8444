/** How a load's machines write; the 13 digits of the time stand at one place, so that they can be written over. */
export interface Writing {
  /** What the platform needs to know of it: entries of `rules`. */
  readonly rules: readonly object[];
  topicOf(machine: string): string;
  /** The payload, and what stands before the 13 digits of the time. */
  payloadOf(options: { readonly machine: string; readonly ts: number; readonly seed: number }): {
    readonly text: string;
    readonly beforeTime: string;
  };
}

const NAMES = ['temperature', 'pressure', 'power', 'speed', 'torque', 'position', 'vibration', 'current'];
const value = (seed: number, nth: number): string => (100 + ((seed * 7 + nth * 13) % 900) + 0.25).toFixed(3);

/** 200 bytes of JSON with 8 signals. */
function jsonOf(ts: number, seed: number): { readonly text: string; readonly beforeTime: string } {
  const body = `{"ts":${ts},${NAMES.map((name, nth) => `"${name}":${value(seed, nth)}`).join(',')}}`;
  return { text: body.padEnd(200, ' '), beforeTime: '{"ts":' };
}

/** Our own topics: no rule is needed. */
const ownTopics: Writing = {
  rules: [],
  topicOf: (machine) => `kaidong/v1/${machine}`,
  payloadOf: ({ ts, seed }) => jsonOf(ts, seed),
};

/** The same payloads under topics of someone else, read by a rule that renames two signals and converts one. */
const jsonRule: Writing = {
  rules: [
    {
      topic: 'factory/{enterprise}/{site}/{area}/{line}/{machine}',
      machine: '{enterprise}/{site}/{area}/{line}/{machine}',
      time: '/ts',
      signals: {
        ...Object.fromEntries(NAMES.slice(2).map((name) => [name, `/${name}`])),
        heat: '/temperature',
        kilopascal: { at: '/pressure', from: 'bar', to: 'kPa' },
      },
    },
  ],
  topicOf: (machine) => `factory/${machine}`,
  payloadOf: ({ ts, seed }) => jsonOf(ts, seed),
};

/** The same values as line protocol, with the machine in its tags and nanoseconds. */
const lineProtocol: Writing = {
  rules: [{ use: 'line-protocol' }],
  topicOf: (machine) => `line-protocol/${machine}`,
  payloadOf({ machine, ts, seed }) {
    const [enterprise, site, area, line, name] = machine.split('/');
    const tags = `m,enterprise=${enterprise},site=${site},area=${area},line=${line},machine=${name}`;
    const beforeTime = `${tags} ${NAMES.map((field, nth) => `${field}=${value(seed, nth)}`).join(',')} `;
    return { text: `${beforeTime}${ts}000000`, beforeTime };
  },
};

export const WRITINGS: Readonly<Record<string, Writing>> = {
  'own-topics': ownTopics,
  'json-rule': jsonRule,
  'line-protocol': lineProtocol,
};
