import type { EpochMs } from '../domain/time.ts';
import { parseDurationMs } from './duration.ts';
import { FAULTS, type FaultPlan, FaultPlanError, parseFaults } from './faults/plan.ts';
import { PILOTS } from './pilots/index.ts';
import type { CalendarKind } from './plant/growing.ts';
import type { Speed } from './publish/pace.ts';
import type { BrokerOptions, TlsFiles } from './publish/publisher.ts';

/** What `kaidong simulate` takes; times and durations in ms. */
export interface SimulateOptions {
  /** Machines of the plant; default 12. */
  readonly machines?: number | undefined;
  /** Name of a plant instead: one of `PLANTS`. */
  readonly plant?: string | undefined;
  /** Default 1. */
  readonly seed?: string | number | undefined;
  /** Simulated time at the beginning. */
  readonly start?: EpochMs | undefined;
  /** Simulated time that passes; absent at speed 1: until the signal aborts. */
  readonly forMs?: number | undefined;
  readonly speed?: Speed | undefined;
  readonly qos?: 0 | 1 | undefined;
  readonly faults?: FaultPlan | undefined;
  /** Share of shift ends after which a machine works on; default 0. */
  readonly overtime?: number | undefined;
  /** Default `two-shift`. */
  readonly calendar?: CalendarKind | undefined;
  /** File to write the sites and machines to. */
  readonly configOut?: string | undefined;
  /** File to write the truth to; read with `verifyUrl` when nothing is published. */
  readonly truth?: string | undefined;
  /** `http://host:port` of the platform to compare with the truth. */
  readonly verifyUrl?: string | undefined;
  readonly verifyToken?: string | undefined;
  /** Longest wait for the platform's books to settle; default 120 s. */
  readonly verifyWaitMs?: number | undefined;
  /** SHDR log to play instead of a plant. */
  readonly log?: string | undefined;
  /** Path of the machine that the log is played as. */
  readonly machine?: string | undefined;
  readonly rebase?: 'now' | undefined;
  /** The broker; absent: nothing is published when a file or a verification is asked for, else the local default one. */
  readonly mqtt?: BrokerOptions | undefined;
  /** Connections to the broker; default 4, or as many as machines. */
  readonly connections?: number | undefined;
}

/** An option that can't be used; the message names it and says what to write. */
export class SimulateUsageError extends Error {
  override name = 'SimulateUsageError';
}

/** Plants that `--plant` names: those of the fictional pilots, by industry. */
export const PLANTS: readonly string[] = PILOTS.map(({ pilot }) => pilot.industry);

export interface OptionDoc {
  readonly name: string;
  /** What it takes; absent: nothing. */
  readonly value?: string;
  readonly does: string;
  readonly default?: string;
}

const faultsDoc = Object.entries(FAULTS)
  .map(([name, { does, withinMs }]) => `${name} (${withinMs / 1000} s unless said): ${does}`)
  .join('; ');

/** Every option of `kaidong simulate`, in the order in which help lists them. */
export const SIMULATE_OPTIONS: readonly OptionDoc[] = [
  { name: 'machines', value: 'N', does: 'machines of the plant', default: '12' },
  {
    name: 'plant',
    value: 'NAME',
    does: `a plant of another industry instead: ${PLANTS.join(', ')}`,
  },
  { name: 'seed', value: 'S', does: 'fixes every state, count and fault', default: '1' },
  {
    name: 'start',
    value: 'ISO',
    does: 'simulated time at the beginning: ISO 8601 with offset, or ms',
    default: 'now minus --for; at --speed 1 now',
  },
  {
    name: 'for',
    value: 'DURATION',
    does: 'simulated time that passes, for example 90s, 8h, 2d',
    default: 'at --speed 1 until stopped, else 8h',
  },
  {
    name: 'speed',
    value: 'X',
    does: 'so many times as fast as the clock, or max',
    default: 'max where --start or --for is given, else 1',
  },
  { name: 'qos', value: '0|1', does: 'quality of service of the messages', default: '1' },
  {
    name: 'faults',
    value: 'PLAN',
    does: `fault=share[:duration], comma-separated, or a YAML or JSON file. ${faultsDoc}`,
  },
  {
    name: 'overtime',
    value: 'SHARE',
    does: 'share of shift ends after which a machine works on',
    default: '0',
  },
  {
    name: 'calendar',
    value: 'KIND',
    does: 'two-shift (nothing from 06:00 to 08:00 and on Sundays) or continuous',
    default: 'two-shift',
  },
  {
    name: 'config-out',
    value: 'FILE',
    does: 'writes the sites and machines that kaidong serve --config takes',
  },
  {
    name: 'truth',
    value: 'FILE',
    does: 'writes what really happened as JSON lines {machine,from,to,state} and {machine,ts,count,reject,product}; with loss that includes what was lost. With --verify and without --mqtt it is read instead',
  },
  {
    name: 'verify',
    value: 'URL',
    does: 'compares the ledger, timeline and books of the platform at this address with the truth; exit code 1 where they differ. Give the same --faults as when the truth was written: with loss only bounds can be checked later',
  },
  { name: 'verify-token', value: 'TOKEN', does: 'bearer token for --verify' },
  {
    name: 'verify-wait',
    value: 'DURATION',
    does: 'longest wait until the books have settled',
    default: '120s',
  },
  {
    name: 'log',
    value: 'FILE',
    does: 'plays a recorded MTConnect SHDR log instead of a plant; needs --machine',
  },
  { name: 'machine', value: 'PATH', does: 'enterprise/site/area/line/machine that the log is played as' },
  { name: 'rebase', value: 'now', does: 'moves the times of the log so that its newest is now' },
  {
    name: 'mqtt',
    value: 'URL',
    does: 'the broker, mqtt:// or mqtts://',
    default:
      'mqtt://127.0.0.1:1883; with --config-out, --truth or --verify nothing is published unless it is given',
  },
  { name: 'username', value: 'NAME', does: 'user at the broker' },
  { name: 'password', value: 'WORD', does: 'password at the broker' },
  { name: 'ca', value: 'FILE', does: "PEM file of the authority that the broker's certificate comes from" },
  { name: 'cert', value: 'FILE', does: 'PEM file of the client certificate' },
  { name: 'key', value: 'FILE', does: "PEM file of the client certificate's key" },
  { name: 'insecure', does: 'accepts any certificate of the broker: for a test bench only' },
  { name: 'connections', value: 'N', does: 'connections to the broker', default: '4' },
];

export const DEFAULT_BROKER = 'mqtt://127.0.0.1:1883';

type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** Reads the flags of the command line, by name. Throws {@link SimulateUsageError}. */
export function simulateOptionsOf(flags: Flags): SimulateOptions {
  const known = new Set(SIMULATE_OPTIONS.map(({ name }) => name));
  const stranger = Object.keys(flags).find((name) => flags[name] !== undefined && !known.has(name));
  if (stranger !== undefined) throw new SimulateUsageError(`--${stranger}: no such option; see --help`);
  const text = (name: string): string | undefined => {
    const value = flags[name];
    if (value === true || value === '') throw new SimulateUsageError(`--${name}: a value is missing`);
    return value === false ? undefined : (value as string | undefined);
  };
  const read = <T>(name: string, parse: (value: string) => T | undefined, remedy: string): T | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) throw new SimulateUsageError(`--${name} ${value}: ${remedy}`);
    return parsed;
  };
  const whole = (value: string): number | undefined =>
    /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
  const duration = (value: string): number | undefined => parseDurationMs(value) || undefined;
  const words =
    <W extends string>(...all: readonly W[]) =>
    (value: string): W | undefined =>
      all.find((word) => word === value);
  return {
    machines: read('machines', whole, 'write a number from 1 to 999999'),
    plant: read('plant', words(...PLANTS), `write one of ${PLANTS.join(', ')}`),
    seed: text('seed'),
    start: read(
      'start',
      instantOf,
      'write ISO 8601 with an offset, for example 2026-03-02T08:00:00+08:00, or ms',
    ),
    forMs: read('for', duration, 'write a duration, for example 90s, 8h or 2d'),
    speed: read('speed', speedOf, 'write a number above 0, or max'),
    qos: read('qos', (value) => words('0', '1')(value), 'write 0 or 1') === '0' ? 0 : 1,
    faults: faultsOf(text('faults')),
    overtime: read('overtime', shareOf, 'write a share from 0 to 1'),
    calendar: read('calendar', words('two-shift', 'continuous'), 'write two-shift or continuous'),
    configOut: text('config-out'),
    truth: text('truth'),
    verifyUrl: read(
      'verify',
      httpUrl,
      'write the address of the platform, for example http://127.0.0.1:8080',
    ),
    verifyToken: text('verify-token'),
    verifyWaitMs: read('verify-wait', duration, 'write a duration, for example 120s'),
    log: text('log'),
    machine: text('machine'),
    rebase: read('rebase', words('now'), 'write now'),
    mqtt: brokerOf(text, flags.insecure === true),
    connections: read('connections', whole, 'write a number from 1'),
  };
}

function brokerOf(text: (name: string) => string | undefined, insecure: boolean): BrokerOptions | undefined {
  const [url, username, password] = [text('mqtt'), text('username'), text('password')];
  const [ca, cert, key] = [text('ca'), text('cert'), text('key')];
  if (url === undefined) {
    const orphan = ['username', 'password', 'ca', 'cert', 'key'].find((name) => text(name) !== undefined);
    if (orphan !== undefined) throw new SimulateUsageError(`--${orphan}: name the broker with --mqtt too`);
    return undefined;
  }
  if (!/^(mqtts?|tcp|ssl|wss?):\/\/.+/.test(url)) {
    throw new SimulateUsageError(`--mqtt ${url}: write mqtt://host:1883 or mqtts://host:8883`);
  }
  const tls: TlsFiles = { ca, cert, key, ...(insecure ? { rejectUnauthorized: false } : {}) };
  return { url, username, password, tls };
}

function faultsOf(plan: string | undefined): FaultPlan | undefined {
  if (plan === undefined) return undefined;
  try {
    return parseFaults(plan);
  } catch (error) {
    if (error instanceof FaultPlanError) throw new SimulateUsageError(`--faults: ${error.message}`);
    throw error;
  }
}

function instantOf(text: string): EpochMs | undefined {
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function speedOf(text: string): Speed | undefined {
  if (text === 'max') return 'max';
  const speed = Number(text);
  return speed > 0 && Number.isFinite(speed) ? speed : undefined;
}

function shareOf(text: string): number | undefined {
  const share = Number(text);
  return text.trim() !== '' && share >= 0 && share <= 1 ? share : undefined;
}

const httpUrl = (text: string): string | undefined => (/^https?:\/\/.+/.test(text) ? text : undefined);
