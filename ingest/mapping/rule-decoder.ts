import { type Captures, match } from '../../domain/mapping/pattern.ts';
import type { MappingRule, SignalRule } from '../../domain/mapping/rule.ts';
import { isOfTopic, type Template } from '../../domain/mapping/template.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Binding, Decoded, DecodedReading, Decoder, RefusedPart, Trace } from '../decode/decoder.ts';
import { quoted, shown } from '../decode/names.ts';
import { expand, type Look, machineNamer } from './expand.ts';
import { elementsOf, finderOf, Unanswered } from './find.ts';
import { flatReader } from './flat.ts';
import { type Found, join, take } from './found.ts';
import { quickLines } from './lines.ts';
import { membersOf } from './members.ts';
import { type Element, elementOf, linesReader, payloadReader } from './payload.ts';
import { timeReader } from './source-times.ts';
import { converterOf, isFault } from './values.ts';

/** A rule compiled for one topic. */
interface RuleBinding extends Binding {
  readonly read: (payload: Uint8Array, trace?: Trace) => Decoded;
}

const NO_LOOK: Look = { here: undefined, root: undefined };
const THE_TOPIC = 'The topic';

/** A mapping rule as a decoder: it binds topics by its patterns, once each, and reads their payloads. */
export function ruleDecoder(rule: MappingRule): Decoder {
  return {
    id: rule.id,
    title: rule.topics.map(({ text }) => text).join(', '),
    why: rule.place,
    bind(topic): Binding | Refusal | undefined {
      const levels = topic.split('/');
      for (const pattern of rule.topics) {
        const captures = match(pattern, levels);
        if (captures) return bindingOf(rule, captures);
      }
      return undefined;
    },
    decode(binding, payload, { trace }) {
      try {
        return (binding as RuleBinding).read(payload, trace);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        const refused = [{ code: 'rule-mismatch' as const, detail: error.message, observations: 0 }];
        return { readings: [], refused };
      }
    },
  };
}

function bindingOf(rule: MappingRule, captures: Captures): RuleBinding | Refusal {
  const nameMachine = machineNamer(rule.machine, captures);
  let machine: string | null = null;
  if (isOfTopic(rule.machine)) {
    const named = nameMachine(NO_LOOK, THE_TOPIC);
    if (typeof named !== 'string') return named;
    machine = named;
  }
  const source = rule.source ? expand(rule.source, captures, NO_LOOK, '/') : (machine ?? rule.id);
  return {
    source: typeof source === 'string' && source !== '' ? source : rule.id,
    machine: machine ?? '',
    signal: null,
    habit: { layout: null, misses: 0 },
    retained: rule.retained,
    read: withHabit(
      readerOf(rule, captures, machine === null ? nameMachine : () => machine),
      machine === null ? null : flatReader(rule, captures, machine),
    ),
  };
}

/** Tries the quick way first, where there is one; what is left out only the full one tells. */
function withHabit(full: RuleBinding['read'], flat: ReturnType<typeof flatReader>): RuleBinding['read'] {
  if (!flat) return full;
  return (payload, trace) => {
    const quick = trace ? undefined : flat.read(payload);
    if (quick) return quick;
    const decoded = full(payload, trace);
    flat.learn(payload, decoded);
    return decoded;
  };
}

type NameMachine = ReturnType<typeof machineNamer>;

function readerOf(rule: MappingRule, captures: Captures, nameMachine: NameMachine) {
  const readPayload = payloadReader(rule);
  const quickly = quickLines(rule, captures, nameMachine);
  const lines = quickly && { read: linesReader(), quick: quickly };
  const signals = rule.signals.map((signal) => signalReader(signal, captures, rule.format === 'text'));
  const members = rule.members && { rule: rule.members, find: finderOf(rule.members.at) };
  const time = rule.time && {
    ...rule.time,
    find: finderOf(rule.time.at),
    read: timeReader(rule.time.format),
  };
  const each = rule.each?.map(elementsOf);

  function timeOf(look: Look, where: string): EpochMs | null | Refusal {
    if (!time) return null;
    const [raw = null] = time.find(look);
    if (raw === null) {
      if (time.optional) return null;
      return {
        code: 'rule-mismatch',
        detail: `${where}: the rule finds no time at ${quoted(time.at.text)}; correct the path, or make the time optional.`,
      };
    }
    const ts = time.read(raw);
    if (ts !== undefined) return ts;
    const { format } = time;
    const expected = format.kind === 'pattern' ? format.pattern.text : format.kind;
    return {
      code: 'ts-malformed',
      detail: `${where} has the ts ${shown(raw)}; the rule expects ${expected}.`,
    };
  }

  function readMembers(look: Look, where: string, into: Found, refused: RefusedPart[], trace?: Trace): void {
    if (!members) return;
    const [object] = members.find(look);
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      refused.push({
        code: 'rule-mismatch',
        detail: `${where}: the rule finds no object with members at ${quoted(members.rule.at.text)}; correct the path.`,
        observations: 0,
      });
      return;
    }
    const prefix = members.rule.prefix ? expand(members.rule.prefix, captures, look, '.') : '';
    const skip = (name: string): void => trace?.skipped(name, members.rule.at.text);
    for (const { name, value } of membersOf(
      object,
      members.rule,
      typeof prefix === 'string' ? prefix : '',
      skip,
    )) {
      take(name, value, where, into, refused);
    }
  }

  function readElement(
    { look, where, lineTime }: Element,
    out: DecodedReading[],
    refused: RefusedPart[],
    trace?: Trace,
  ): void {
    const into: Found = { signals: [], values: [] };
    const before = refused.length;
    for (const read of signals) read(look, where, into, refused, trace);
    readMembers(look, where, into, refused, trace);
    const machine = nameMachine(look, where);
    const ts = lineTime !== undefined && !time ? lineTime : timeOf(look, where);
    const fault = typeof machine === 'object' ? machine : typeof ts === 'object' && ts !== null ? ts : null;
    if (fault) {
      // What else is wrong with it is of no interest before this is mended.
      const parts = refused.splice(before);
      const observations = into.signals.length + parts.reduce((sum, part) => sum + part.observations, 0);
      refused.push({ ...fault, observations });
      return;
    }
    if (into.signals.length > 0) join(out, { machine: machine as string, ts: ts as EpochMs | null, ...into });
  }

  return (payload: Uint8Array, trace?: Trace): Decoded => {
    const readings: DecodedReading[] = [];
    const refused: RefusedPart[] = [];
    const points = lines?.read(payload, refused);
    const quick = points && !trace && lines?.quick(points, refused);
    if (quick) return { readings: quick, refused };
    for (const root of points?.map((point) => elementOf(point, rule.precision)) ??
      readPayload(payload, refused)) {
      if (!each) {
        readElement(root, readings, refused, trace);
        continue;
      }
      const found = each.flatMap((find) => find(root.look));
      found.forEach((here, index) => {
        const where = `Item ${index} of the batch`;
        readElement(
          { look: { here, root: root.look.root }, where, lineTime: undefined },
          readings,
          refused,
          trace,
        );
      });
    }
    if (readings.length === 0 && refused.length === 0 && rule.empty === 'refuse') {
      const wanted = rule.each
        ? `nothing to read at ${quoted(rule.each.map(({ text }) => text).join(', '))}`
        : 'none of its values';
      refused.push({
        code: 'rule-mismatch',
        detail: `The payload: the rule finds ${wanted}; correct its paths, or set "empty: ignore" where such messages are usual.`,
        observations: 0,
      });
    }
    return { readings, refused };
  };
}

function signalReader(signal: SignalRule, captures: Captures, isText: boolean) {
  const { from, optional } = signal;
  const find = 'at' in from ? finderOf(from.at) : null;
  const at = 'at' in from ? from.at.text : '';
  const convert = converterOf(signal, isText);
  const nothing = new Set(signal.nothing);
  const fixed = isOfTopic(signal.name) ? nameOf(signal.name, captures, NO_LOOK) : null;

  return (look: Look, where: string, into: Found, refused: RefusedPart[], trace?: Trace): void => {
    const name = fixed ?? nameOf(signal.name, captures, look);
    let raw: unknown;
    if (typeof name === 'string' && find) {
      const found = find(look);
      if (found.length > 1) {
        const detail = `${where}: the rule finds ${found.length} values at ${quoted(at)} for ${quoted(name)}, and needs one; narrow the path, or read each by itself with "each".`;
        refused.push({ code: 'rule-mismatch', detail, observations: 1 });
        return;
      }
      raw = found[0];
      const isPlain = typeof raw !== 'object' || isFault(raw);
      if (isPlain ? nothing.has(String(raw)) : optional) raw = undefined;
    } else if (typeof name === 'string' && 'constant' in from) {
      raw = typeof from.constant === 'object' ? nameOf(from.constant, captures, look) : from.constant;
    }
    const nothingAt =
      typeof name !== 'string'
        ? name.nothingAt
        : isNothing(raw)
          ? raw.nothingAt
          : raw === undefined
            ? at
            : null;
    const shown = typeof name === 'string' ? name : signal.name.text;
    if (nothingAt !== null || (raw === null && optional)) {
      if (optional) trace?.skipped(shown, nothingAt ?? at);
      else {
        const detail = `${where}: the rule finds nothing at ${quoted(nothingAt ?? at)} for ${quoted(shown)}; correct the path, or make the signal optional.`;
        refused.push({ code: 'rule-mismatch', detail, observations: 1 });
      }
      return;
    }
    take(shown, convert ? convert(raw) : raw, where, into, refused);
  };
}

const nameOf = (template: Template, captures: Captures, look: Look) => expand(template, captures, look, '.');

const isNothing = (value: unknown): value is { readonly nothingAt: string } =>
  typeof value === 'object' && value !== null && 'nothingAt' in value;
