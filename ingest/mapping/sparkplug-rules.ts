import { match } from '../../domain/mapping/pattern.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Decoded, DecodedReading, Decoder, RefusedPart } from '../decode/decoder.ts';
import { quoted } from '../decode/names.ts';
import { signalValueOf } from '../decode/value.ts';
import { defaultMachineOf, type MachineOf } from '../sparkplug/names.ts';
import { NAMESPACE } from '../sparkplug/topic.ts';
import type { WantsDigits } from '../sparkplug/translate.ts';
import { machineNamer } from './expand.ts';
import { type Convert, converterOf, isFault } from './values.ts';

/** What becomes of a metric. */
interface Renamed {
  readonly signal: string;
  readonly convert: Convert | null;
  /** It is stored in another unit than the one that its birth tells. */
  readonly isScaled: boolean;
  /** An integer that is too large is kept as a text or as a rounded number. */
  readonly takesDigits: boolean;
}

type UnitOf = (machine: MachinePath, signal: string) => string | null;

type Metrics = ReadonlyMap<string, Renamed>;

const NO_LOOK = { here: undefined, root: undefined };

/**
 * What rules say of Sparkplug: which machine a node or a device is, and what its metrics are called. They hold from the start
 * on, since a session keeps to the machine of its birth. `otherwise` knows the machines of which no rule says anything.
 * `null`: no rule says anything at all.
 */
export function sparkplugRules(rules: readonly MappingRule[], otherwise: MachineOf = defaultMachineOf) {
  const own = rules.filter(({ format }) => format === 'sparkplug');
  if (own.length === 0) return null;
  const metricsOf = new Map(own.map((rule) => [rule, renamesOf(rule)] as const));
  /** Of each machine that a rule named. */
  const byMachine = new Map<MachinePath, Metrics>();

  const machineOf: MachineOf = (group, node, device) => {
    const levels = [
      NAMESPACE,
      group,
      device === null ? 'NDATA' : 'DDATA',
      node,
      ...(device === null ? [] : [device]),
    ];
    for (const rule of own) {
      for (const pattern of rule.topics) {
        const captures = match(pattern, levels);
        const machine = captures && machineNamer(rule.machine, captures)(NO_LOOK, 'The topic');
        if (typeof machine !== 'string') continue;
        byMachine.set(machine, metricsOf.get(rule) as Metrics);
        return machine;
      }
    }
    return otherwise(group, node, device);
  };

  function renamed(reading: DecodedReading, refused: RefusedPart[]): DecodedReading {
    const metrics = byMachine.get(reading.machine);
    if (!metrics || metrics.size === 0) return reading;
    const signals: string[] = [];
    const values: DecodedReading['values'][number][] = [];
    reading.signals.forEach((metric, index) => {
      const found = metrics.get(metric);
      const sent = reading.values[index] as DecodedReading['values'][number];
      // A metric of the wanted name goes before one that would get it.
      const isTaken =
        found !== undefined && found.signal !== metric && reading.signals.includes(found.signal);
      if (!found || isTaken) {
        signals.push(metric);
        values.push(sent);
        return;
      }
      const made = found.convert ? found.convert(sent) : sent;
      const where = 'The payload';
      const taken = isFault(made)
        ? { code: made.code, detail: `${where}: ${quoted(found.signal)} ${made.what}.`, observations: 1 }
        : signalValueOf(found.signal, made, where);
      if (typeof taken === 'object') refused.push(taken);
      else {
        signals.push(found.signal);
        values.push(taken);
      }
    });
    return { ...reading, signals, values };
  }

  return {
    machineOf,
    /** Whether a metric is to be read though it is an integer that is too large. */
    wantsDigits: ((machine, metric) =>
      byMachine.get(machine)?.get(metric)?.takesDigits === true) satisfies WantsDigits as WantsDigits,
    /** The unit of a signal, where `told` knows those of metrics. */
    unitOf(told: UnitOf): UnitOf {
      return (machine, signal) => {
        const found = [...(byMachine.get(machine) ?? [])].find(([, renamed]) => renamed.signal === signal);
        if (!found) return told(machine, signal);
        const [metric, { isScaled }] = found;
        return isScaled ? null : told(machine, metric);
      };
    },
    /** The decoder of Sparkplug, whose signals have the names of the rules. */
    named<D extends Decoder>(decoder: D): D {
      if (own.every(({ signals }) => signals.length === 0)) return decoder;
      return {
        ...decoder,
        decode(binding, payload, occasion): Decoded {
          const decoded = decoder.decode(binding, payload, occasion);
          const refused = [...decoded.refused];
          const readings = decoded.readings
            .map((reading) => renamed(reading, refused))
            .filter(({ signals }) => signals.length > 0);
          return { ...decoded, readings, refused };
        },
      };
    },
  };
}

function renamesOf({ signals }: MappingRule): Metrics {
  return new Map(
    signals.flatMap((signal) => {
      const metric =
        'at' in signal.from && signal.from.at.kind === 'steps' ? signal.from.at.steps[0] : undefined;
      if (typeof metric !== 'string') return [];
      const renamed = {
        ...{ signal: signal.name.text, convert: converterOf(signal, false) },
        isScaled: signal.scale !== null,
        takesDigits: signal.type === 'text' || signal.type === 'number',
      };
      return [[metric, renamed] as const];
    }),
  );
}
