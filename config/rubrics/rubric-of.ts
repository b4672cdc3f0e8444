import { total } from '../../domain/assess/fraction.ts';
import type { Bilingual } from '../../domain/assess/register.ts';
import type {
  Condition,
  Dependency,
  Gate,
  Indicator,
  Level,
  MeasureReference,
  Option,
  Rubric,
  RubricDomain,
  RubricElement,
  Source,
} from '../../domain/assess/rubric.ts';
import type { RubricFile } from './schema.ts';

type FileElement = RubricFile['elements'][number];
type FileDomain = FileElement['domains'][number];
type FileIndicator = FileDomain['indicators'][number];
type FileReference = FileIndicator['evidence'][number];
type FileCondition = NonNullable<FileIndicator['options']>[number]['when'][number];

/** A rubric file in the domain's words; what has no source of its own has that of what stands around it. */
export function rubricOf(file: RubricFile): Rubric {
  const { id, version, title, note, effective, processTypes, source } = file;
  return {
    ...{ id, version, title, note, processTypes, source },
    effective: { from: effective.from, to: effective.to ?? null },
    levels: file.levels.map((entry) => levelOf(entry, source)),
    elements: file.elements.map((entry) => elementOf(entry, source)),
    dependencies: file.dependencies.map(
      (entry): Dependency => ({ answer: entry.answer, caps: entry.caps, source: entry.source ?? source }),
    ),
  };
}

/** The title of a part that an extension names without repeating it; the extended rubric's own title takes its place. */
const titleOf = (entry: { id: string; title?: Bilingual | undefined }): Bilingual =>
  entry.title ?? { zh: entry.id, en: entry.id };

function elementOf(entry: FileElement, around: Source): RubricElement {
  return {
    id: entry.id,
    title: titleOf(entry),
    weight: entry.weight ?? null,
    domains: entry.domains.map(
      (domain): RubricDomain => ({
        id: domain.id,
        title: titleOf(domain),
        weight: domain.weight ?? null,
        publishedPoints: domain.publishedPoints ?? null,
        indicators: domain.indicators.map((indicator) => indicatorOf(indicator, around)),
      }),
    ),
  };
}

function indicatorOf(entry: FileIndicator, around: Source): Indicator {
  const source = entry.source ?? around;
  return {
    id: entry.id,
    title: entry.title,
    kind: entry.kind,
    processTypes: entry.processTypes,
    weight: entry.weight ?? null,
    scoring: entry.bands
      ? {
          kind: 'bands',
          what: referenceOf(entry.bands.of),
          bands: entry.bands.points.map(({ from, to, points, source: own }) => ({
            from: from ?? null,
            to: to ?? null,
            points,
            source: own ?? source,
          })),
        }
      : {
          kind: 'options',
          options: (entry.options ?? []).map(
            (option): Option => ({
              id: option.id,
              text: option.text,
              points: option.points,
              level: option.level ?? null,
              when: option.when.map((condition) => conditionOf(condition, option.source ?? source)),
              source: option.source ?? source,
            }),
          ),
        },
    evidence: entry.evidence.map(referenceOf),
    remediation: entry.remediation,
    source,
  };
}

function referenceOf({ measure, group, window, register }: FileReference): MeasureReference {
  if (register) return { register };
  return { measure: measure as string, group: group ?? 'registered', window: window ?? 'period' };
}

const conditionOf = (entry: FileCondition, around: Source): Condition => ({
  what: referenceOf(entry),
  atLeast: entry.atLeast ?? null,
  atMost: entry.atMost ?? null,
  source: entry.source ?? around,
});

function levelOf(entry: RubricFile['levels'][number], around: Source): Level {
  return {
    id: entry.id,
    title: titleOf(entry),
    programme: entry.programme ?? null,
    gates: entry.gates.map((gate) => gateOf(gate, around)),
  };
}

function gateOf(entry: RubricFile['levels'][number]['gates'][number], around: Source): Gate {
  const source = entry.source ?? around;
  const said = { id: entry.id, title: entry.title, source };
  if (entry.option) {
    return {
      ...said,
      kind: 'option',
      indicator: entry.option.indicator,
      option: entry.option.atLeast,
    };
  }
  if (entry.score) return { ...said, kind: 'score', of: entry.score.of, atLeast: entry.score.atLeast };
  return { ...said, kind: 'measure', condition: conditionOf(entry.measure as FileCondition, source) };
}

/**
 * A rubric with what an extension adds. Parts with the same id are replaced (indicators, gates) or added to (levels,
 * elements, domains); everything else of the extension stands for itself.
 */
export function extended(base: Rubric, file: RubricFile): Rubric {
  const own = rubricOf(file);
  return {
    ...own,
    levels: merged(base.levels, own.levels, (old, added) => ({
      ...old,
      gates: merged(old.gates, added.gates, (_, gate) => gate),
    })),
    elements: merged(base.elements, own.elements, (old, added) => ({
      ...old,
      weight: added.weight ?? old.weight,
      domains: merged(old.domains, added.domains, (domain, more) => ({
        ...domain,
        weight: more.weight ?? domain.weight,
        publishedPoints: more.publishedPoints ?? domain.publishedPoints,
        indicators: merged(domain.indicators, more.indicators, (_, indicator) => indicator),
      })),
    })),
    dependencies: [...base.dependencies, ...own.dependencies],
  };
}

function merged<T extends { readonly id: string }>(
  base: readonly T[],
  added: readonly T[],
  join: (old: T, more: T) => T,
): readonly T[] {
  const more = new Map(added.map((entry) => [entry.id, entry]));
  const known = new Set(base.map(({ id }) => id));
  return [
    ...base.map((entry) => {
      const extra = more.get(entry.id);
      return extra ? join(entry, extra) : entry;
    }),
    ...added.filter(({ id }) => !known.has(id)),
  ];
}

/** The highest points of a domain's indicators together. */
export const highestPoints = (domain: RubricDomain) =>
  total(
    domain.indicators.map(({ scoring }) =>
      (scoring.kind === 'options' ? scoring.options : scoring.bands)
        .map(({ points }) => points)
        .reduce((a, b) => (a.numerator * b.denominator >= b.numerator * a.denominator ? a : b)),
    ),
  );
