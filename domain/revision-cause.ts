import { type CanonicalValue, canonical } from './canonical.ts';

/** Why a recorded cell got another content. */
export const REVISION_CAUSES = [
  'late-data',
  'correction',
  'annotation',
  'order',
  'calendar',
  'vocabulary',
  'cycle',
  'settings',
  'formula',
  'rebuilt',
] as const;
export type RevisionCause = (typeof REVISION_CAUSES)[number];

/** Causes that whoever changes something names with its mark; the others lie in how a machine is configured. */
export const MARK_CAUSES = ['late-data', 'correction', 'annotation', 'order', 'cycle'] as const;
export type MarkCause = (typeof MARK_CAUSES)[number];

export const isMarkCause = (cause: RevisionCause): cause is MarkCause =>
  (MARK_CAUSES as readonly RevisionCause[]).includes(cause);

type Members = Readonly<Record<string, CanonicalValue>>;

/** Everything configured that a machine's ledger depends on, as canonical JSON keeps it. */
export type ConfigDocument = Readonly<Record<string, Members | CanonicalValue | undefined>>;

/** A setting that changed; absent on one side: `null`. */
export interface SettingChange {
  readonly name: string;
  readonly cause: RevisionCause;
  readonly before: CanonicalValue;
  readonly after: CanonicalValue;
}

const CAUSE_OF_SETTING: Readonly<Record<string, RevisionCause>> = {
  formula: 'formula',
  vocabulary: 'vocabulary',
  'machine.vocabulary': 'vocabulary',
  'machine.words': 'vocabulary',
  'machine.stateSignal': 'vocabulary',
  'machine.derive': 'vocabulary',
  'machine.idealCycleUs': 'cycle',
  'machine.productCycleUs': 'cycle',
  'machine.cycles': 'cycle',
  'machine.products': 'cycle',
  'machine.maintenance': 'calendar',
  'machine.calendar': 'calendar',
};

/** What a site says of time is its calendar; what it says of classes, reasons and orders is a setting. */
const SITE_SETTINGS: ReadonlySet<string> = new Set([
  'site.classes',
  'site.changeoverFromOrders',
  'site.path',
  'site.reasons',
]);

function causeOf(name: string): RevisionCause {
  const known = CAUSE_OF_SETTING[name];
  if (known) return known;
  return name.startsWith('site.') && !SITE_SETTINGS.has(name) ? 'calendar' : 'settings';
}

/** The settings that differ between two documents, by name. */
export function settingChanges(before: ConfigDocument, after: ConfigDocument): readonly SettingChange[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name): SettingChange[] => {
    const [was, is] = [old.get(name) ?? null, now.get(name) ?? null];
    if (canonical(was) === canonical(is)) return [];
    return [{ name, cause: causeOf(name), before: was, after: is }];
  });
}

/** A document with only the settings of one cause as they were: what it gives otherwise is that cause's doing. */
export function withoutCause(
  before: ConfigDocument,
  after: ConfigDocument,
  cause: RevisionCause,
): ConfigDocument {
  const document: Record<string, Record<string, CanonicalValue>> = structuredClone(after) as never;
  for (const change of settingChanges(before, after)) {
    if (change.cause !== cause) continue;
    const [group, member] = change.name.split('.') as [string, string | undefined];
    if (member === undefined) {
      Object.assign(document, { [group]: valueIn(before, group) });
      continue;
    }
    const { [member]: _after, ...others } = document[group] ?? {};
    const was = (before[group] as Members | undefined)?.[member];
    document[group] = was === undefined ? others : { ...others, [member]: was };
  }
  return document;
}

const valueIn = (document: ConfigDocument, name: string): CanonicalValue =>
  (document[name] ?? null) as CanonicalValue;

/** Members of `machine` and `site` by their dotted name, everything else as a whole. */
function flat(document: ConfigDocument): ReadonlyMap<string, CanonicalValue> {
  const all = new Map<string, CanonicalValue>();
  for (const [group, value] of Object.entries(document)) {
    if (value === undefined) continue;
    if ((group === 'machine' || group === 'site') && typeof value === 'object' && value !== null)
      for (const [member, own] of Object.entries(value)) all.set(`${group}.${member}`, own as CanonicalValue);
    else all.set(group, value as CanonicalValue);
  }
  return all;
}
