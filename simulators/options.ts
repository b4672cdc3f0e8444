import type { EpochMs } from '../domain/time.ts';
import type { FaultPlan } from './faults/fault.ts';
import { FAULTS } from './faults/index.ts';
import { LANGUAGES, type Speech } from './languages/index.ts';
import { PILOTS } from './pilots/index.ts';
import type { CalendarKind } from './plant/growing.ts';
import type { BrokerOptions } from './publish/client.ts';
import type { Speed } from './publish/pace.ts';

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
  /** What the lines of the plant speak; default: all `kaidong`. */
  readonly speaks?: Speech | undefined;
  /** Sparkplug edge nodes wait for this host. */
  readonly primaryHostId?: string | undefined;
  readonly faults?: FaultPlan | undefined;
  /** Share of shift ends after which a machine works on; default 0. */
  readonly overtime?: number | undefined;
  /** Machines say the orders that they work on. */
  readonly orders?: boolean | undefined;
  /** Machines say changes of state, and of the samples that they take every 30 s one in so many; absent: all that happens. */
  readonly oneSampleIn?: number | undefined;
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
  /** Verifies part by part as the run goes on, in bounded memory. */
  readonly soak?: boolean | undefined;
  /** Simulated time between two verifications of a soak; default 1 h. */
  readonly verifyEveryMs?: number | undefined;
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

/** Shorter names of theirs. */
export const SHORT_PLANTS: Readonly<Record<string, string>> = {
  plastics: 'plastics-screws',
  shipyard: 'ships',
  petrochemical: 'petrochemicals',
  ocean: 'ocean-farming',
};

export interface OptionDoc {
  readonly name: string;
  /** What it takes; absent: nothing. */
  readonly value?: string;
  readonly does: string;
  readonly default?: string;
}

const faultsDoc = FAULTS.map(({ id, does, shareOf, withinMs }) => {
  const unlessSaid = withinMs === null ? '' : `, ${withinMs / 1000} s unless said`;
  return `${id} (share of ${shareOf}${unlessSaid}): ${does}`;
}).join('; ');

/** Every option of `kaidong simulate`, in the order in which help lists them. */
export const SIMULATE_OPTIONS: readonly OptionDoc[] = [
  { name: 'machines', value: 'N', does: 'machines of the plant', default: '12, or as many as --plant has' },
  {
    name: 'plant',
    value: 'NAME',
    does: `a plant of another industry instead: ${PLANTS.join(', ')} (or ${Object.keys(SHORT_PLANTS).join(', ')})`,
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
  {
    name: 'speaks',
    value: 'LANGUAGES',
    does: `what the lines speak, comma-separated, with shares where they aren't equal (kaidong=0.7,umh=0.3). ${LANGUAGES.map(({ id, does }) => `${id}: ${does}`).join('; ')}`,
    default: 'kaidong',
  },
  {
    name: 'primary-host',
    value: 'ID',
    does: 'Sparkplug edge nodes are born only while this host is online, and keep what they have to say until then',
  },
  {
    name: 'qos',
    value: '0|1',
    does: 'quality of service of the messages',
    default: '1; Sparkplug 0, as its standard demands',
  },
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
    name: 'orders',
    does: 'machines that make pieces say the order that they work on (order, orderQuantity, orderScrap), lot by lot, as an MES does; idle time in it is a delay',
  },
  {
    name: 'one-sample-in',
    value: 'N',
    does: 'machines say each change of state, and of the samples that they take every 30 s (counts, measurements) one in N, up to 10: the same plant in fewer messages',
    default: 'every sample, and each finished cycle',
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
    does: 'writes what really happened as JSON lines {machine,from,to,state} and {machine,ts,count,reject}, with product, order and rework where they are said; with loss that includes what was lost. With --verify and without --mqtt it is read instead',
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
    does: 'longest wait for books that get no further until they have settled',
    default: '120s',
  },
  {
    name: 'soak',
    does: 'for hours: verifies part by part as it goes, keeps nothing that it no longer needs, and tells how memory went',
  },
  {
    name: 'verify-every',
    value: 'DURATION',
    does: 'simulated time between two verifications of a soak',
    default: '1h',
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
