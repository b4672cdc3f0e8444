import type { EpochMs } from '../domain/time.ts';
import { parseDurationMs } from './duration.ts';
import type { FaultPlan } from './faults/fault.ts';
import { FaultPlanError, parseFaults } from './faults/plan.ts';
import { LANGUAGES, parseSpeech } from './languages/index.ts';
import {
  PLANTS,
  SHORT_PLANTS,
  SIMULATE_OPTIONS,
  type SimulateOptions,
  SimulateUsageError,
} from './options.ts';
import type { BrokerOptions, TlsFiles } from './publish/client.ts';
import type { Speed } from './publish/pace.ts';

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
    plant: read(
      'plant',
      (name) => words(...PLANTS)(SHORT_PLANTS[name] ?? name),
      `write one of ${PLANTS.join(', ')}`,
    ),
    seed: text('seed'),
    start: read(
      'start',
      instantOf,
      'write ISO 8601 with an offset, for example 2026-03-02T08:00:00+08:00, or ms',
    ),
    forMs: read('for', duration, 'write a duration, for example 90s, 8h or 2d'),
    speed: read('speed', speedOf, 'write a number above 0, or max'),
    qos: read('qos', qosOf, 'write 0 or 1'),
    speaks: read(
      'speaks',
      parseSpeech,
      `write some of ${LANGUAGES.map(({ id }) => id).join(', ')}, each once, with shares where they aren't equal: kaidong=0.7,umh=0.3`,
    ),
    primaryHostId: text('primary-host'),
    faults: faultsOf(text('faults')),
    overtime: read('overtime', shareOf, 'write a share from 0 to 1'),
    orders: flags.orders === true || undefined,
    oneSampleIn: read(
      'one-sample-in',
      (value) => (/^([1-9]|10)$/.test(value) ? Number(value) : undefined),
      'write a number from 1 to 10: after more than 5 min without a sample a machine is silent',
    ),
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
    soak: flags.soak === true || undefined,
    verifyEveryMs: read('verify-every', duration, 'write a duration, for example 1h'),
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

const qosOf = (text: string): 0 | 1 | undefined => (text === '0' ? 0 : text === '1' ? 1 : undefined);

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
