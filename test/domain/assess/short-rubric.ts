import { type Fraction, parseFraction } from '../../../domain/assess/fraction.ts';
import { PROCESS_TYPES, type ProcessType } from '../../../domain/assess/register.ts';
import type {
  Condition,
  Dependency,
  Gate,
  Indicator,
  IndicatorKind,
  MeasureReference,
  Rubric,
  Scoring,
  Source,
} from '../../../domain/assess/rubric.ts';

/** A rubric as short as an example needs it; every text is its id. */
export interface ShortRubric {
  readonly indicators: readonly ShortIndicator[];
  /** By element or `element/domain`. */
  readonly weights?: Readonly<Record<string, string | number>>;
  /** Domains without an indicator, `element/domain`. */
  readonly empty?: readonly string[];
  /** `a=A caps b at B`. */
  readonly dependencies?: readonly string[];
  /** Gates by level, lowest first: `a is B`, `total >= 0.5` (a score of a part), `measure m >= 0.8`. */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
}

export interface ShortIndicator {
  readonly id: string;
  /** `element/domain`. */
  readonly in: string;
  readonly kind?: IndicatorKind;
  readonly weight?: string | number;
  readonly for?: readonly ProcessType[];
  /** Points, or `points if m >= 0.8 and n <= 0.1`. */
  readonly options?: Readonly<Record<string, string | number>>;
  /** Measure, and points by `from..to`. */
  readonly bands?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  readonly evidence?: readonly string[];
}

const SOURCE: Source = { text: 'example', verification: 'proposed' };
const both = (text: string) => ({ zh: text, en: text });

const fractionOf = (text: string | number): Fraction => {
  const value = parseFraction(String(text));
  if (!value) throw new Error(`"${text}" is no fraction`);
  return value;
};

const reference = (measure: string): MeasureReference => ({ measure, group: 'registered', window: 'period' });

function condition(text: string): Condition {
  const [, measure, side, limit] = /^(\S+) (>=|<=) (\S+)$/.exec(text.trim()) ?? [];
  if (measure === undefined) throw new Error(`"${text}" is no condition`);
  const [atLeast, atMost] = side === '>=' ? [Number(limit), null] : [null, Number(limit)];
  return { what: reference(measure), atLeast, atMost, source: SOURCE };
}

function scoring({ options, bands }: ShortIndicator): Scoring {
  if (bands) {
    const [[measure, points] = ['', {}]] = Object.entries(bands);
    return {
      kind: 'bands',
      what: reference(measure),
      bands: Object.entries(points).map(([range, value]) => {
        const [from = '', to = ''] = range.split('..');
        return {
          from: from === '' ? null : Number(from),
          to: to === '' ? null : Number(to),
          points: fractionOf(value),
          source: SOURCE,
        };
      }),
    };
  }
  return {
    kind: 'options',
    options: Object.entries(options ?? {}).map(([id, text]) => {
      const [points = '', when] = String(text).split(' if ');
      const conditions = when?.split(' and ').map(condition) ?? [];
      return {
        id,
        text: both(id),
        points: fractionOf(points),
        level: null,
        when: conditions,
        source: SOURCE,
      };
    }),
  };
}

const indicator = (short: ShortIndicator): Indicator => ({
  id: short.id,
  title: both(short.id),
  kind: short.kind ?? 'measured',
  processTypes: short.for ?? PROCESS_TYPES,
  weight: short.weight === undefined ? null : fractionOf(short.weight),
  scoring: scoring(short),
  evidence: (short.evidence ?? []).map(reference),
  remediation: both(`better ${short.id}`),
  source: SOURCE,
});

function dependency(text: string): Dependency {
  const [, by, option, id, atMost] = /^(\S+)=(\S+) caps (\S+) at (\S+)$/.exec(text) ?? [];
  if (!by || !option || !id || !atMost) throw new Error(`"${text}" is no dependency`);
  return { answer: { indicator: by, option }, caps: { indicator: id, atMost }, source: SOURCE };
}

function gate(text: string): Gate {
  const about = { id: text, title: both(text), source: SOURCE };
  const [, id, option] = /^(\S+) is (\S+)$/.exec(text) ?? [];
  if (id && option) return { ...about, kind: 'option', indicator: id, option };
  if (text.startsWith('measure ')) return { ...about, kind: 'measure', condition: condition(text.slice(8)) };
  const [, of, atLeast] = /^(\S+) >= (\S+)$/.exec(text) ?? [];
  if (!of || !atLeast) throw new Error(`"${text}" is no gate`);
  return { ...about, kind: 'score', of, atLeast: fractionOf(atLeast) };
}

export function rubricOf(short: ShortRubric): Rubric {
  const places = [...new Set([...short.indicators.map((each) => each.in), ...(short.empty ?? [])])];
  const weight = (id: string) => {
    const given = short.weights?.[id];
    return given === undefined ? null : fractionOf(given);
  };
  const elements = [...new Set(places.map((place) => place.split('/')[0] as string))];
  return {
    id: 'example',
    version: '1',
    title: both('example'),
    note: both(''),
    effective: { from: '2026-01-01', to: null },
    processTypes: PROCESS_TYPES,
    source: SOURCE,
    levels: Object.entries(short.levels ?? {}).map(([id, gates]) => ({
      id,
      title: both(id),
      programme: null,
      gates: gates.map(gate),
    })),
    elements: elements.map((id) => ({
      id,
      title: both(id),
      weight: weight(id),
      domains: places
        .filter((place) => place.startsWith(`${id}/`))
        .map((place) => ({
          id: place.split('/')[1] as string,
          title: both(place),
          weight: weight(place),
          publishedPoints: null,
          indicators: short.indicators.filter((each) => each.in === place).map(indicator),
        })),
    })),
    dependencies: (short.dependencies ?? []).map(dependency),
  };
}
