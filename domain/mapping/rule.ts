import type { TopicPattern } from './pattern.ts';
import type { Selector } from './selector.ts';
import type { Template } from './template.ts';
import type { TimeFormat } from './time-format.ts';

/** How the bytes of a payload are to be read before a rule looks into them. */
export const PAYLOAD_FORMATS = ['json', 'line-protocol', 'text', 'sparkplug'] as const;
export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number];

/** What becomes of messages that a broker delivers because it retained them. */
export const RETAINED = ['by-time', 'ignore', 'take'] as const;
export type Retained = (typeof RETAINED)[number];

/** What a value is made before it is stored: `as-sent` leaves it, `meant` takes a text that is a number, true or false for one. */
export const VALUE_TYPES = ['as-sent', 'meant', 'number', 'integer', 'text', 'boolean'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** The unit of a line protocol timestamp. */
export const PRECISIONS = ['ns', 'us', 'ms', 's'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** `(value + before) × num ÷ den + after`, with num and den integers where the units allow it, so that 32 °F are 0 °C exactly. */
export interface Scale {
  readonly before: number;
  readonly num: number;
  readonly den: number;
  readonly after: number;
}

/** Where the value of a signal comes from, and what is made of it. */
export interface SignalRule {
  readonly name: Template;
  readonly from: { readonly at: Selector } | { readonly constant: Template | number | boolean };
  /** Values that stand for none, as texts. */
  readonly nothing: readonly string[];
  /** Finding nothing, null, or no plain value, is no fault. */
  readonly optional: boolean;
  readonly type: ValueType;
  readonly scale: Scale | null;
  /** What words and numbers of the payload mean; `null`: they are taken as they are. */
  readonly map: ReadonlyMap<string, string | number | boolean> | null;
  /** For a value that the map lacks; `undefined`: it is refused. */
  readonly otherwise: string | number | boolean | undefined;
}

/** Each plain member of an object becomes a signal of its name. */
export interface MembersRule {
  readonly at: Selector;
  readonly except: readonly string[];
  /** What stands between the names where objects lie in objects; `null`: what is in them isn't taken. */
  readonly join: string | null;
  /** Put before each name. */
  readonly prefix: Template | null;
  /** The member whose signal is named by the prefix alone. */
  readonly bare: string | null;
}

export interface TimeRule {
  readonly at: Selector;
  readonly format: TimeFormat;
  /** Without a time the receive time counts; otherwise the message is refused. */
  readonly optional: boolean;
}

/** How messages of some topics become observations. Data: what it means is in `ingest/mapping`. */
export interface MappingRule {
  readonly id: string;
  /** Where it is written: file and line, or the name of a ready rule file. */
  readonly place: string;
  readonly topics: readonly TopicPattern[];
  readonly format: PayloadFormat;
  /** Whose books the messages enter; only the topic can say. `null`: the machine's where the topic names it, else the rule's id. */
  readonly source: Template | null;
  readonly machine: Template;
  /** Each value found is read by itself; `null`: the payload is one. */
  readonly each: readonly Selector[] | null;
  /** `null`: the receive time counts. */
  readonly time: TimeRule | null;
  readonly signals: readonly SignalRule[];
  readonly members: MembersRule | null;
  /** Of line protocol. */
  readonly precision: Precision;
  /** What becomes of a message in which nothing of all that is found: it is refused, or of no interest. */
  readonly empty: 'refuse' | 'ignore';
  readonly retained: Retained;
  readonly qos: 0 | 1;
}
