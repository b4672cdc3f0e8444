import { type CanonicalValue, canonical, parseCanonical } from '../domain/canonical.ts';
import { DEFAULT_REASON_TREE } from '../domain/default-reason-tree.ts';
import { FORMULAS_OF_SILENCE, type InputNames, LEDGER_FORMULA } from '../domain/ledger-inputs.ts';
import type { Machine, Site } from '../domain/plant.ts';
import type { ConfigDocument } from '../domain/revision-cause.ts';
import { vocabularies, wordsOf } from '../domain/vocabulary/index.ts';
import { digestOf } from './digest.ts';
import type { Member } from './members.ts';

/** Everything configured that a machine's ledger depends on, as text, and its SHA-256. */
export interface KeptConfig {
  readonly hash: string;
  readonly text: string;
}

/** By machine and site: a list of members holds others each time. */
const known = new WeakMap<Machine, WeakMap<Site, string>>();

/** The text is made when it is asked for: it holds a whole calendar for each machine. */
export function keptConfigOf({ machine, site }: Member): KeptConfig {
  const ofMachine = known.get(machine) ?? new WeakMap<Site, string>();
  known.set(machine, ofMachine);
  const hash = ofMachine.get(site) ?? digestOf(textOf(machine, site));
  ofMachine.set(site, hash);
  return {
    hash,
    get text() {
      return textOf(machine, site);
    },
  };
}

function textOf(machine: Machine, site: Site): string {
  const { id, version } = wordsOf(machine);
  // A site's own tree of reasons stands in the site.
  const reasonTree = site.reasons ? undefined : DEFAULT_REASON_TREE.version;
  const document = { formula: LEDGER_FORMULA, machine, site, vocabulary: { id, version }, reasonTree };
  return canonical(document as unknown as CanonicalValue);
}

export const documentIn = (text: string): ConfigDocument => parseCanonical(text) as ConfigDocument;

/**
 * The machine as it was accounted by then, with all that is entered; `null` where this program can't account it that way any
 * more.
 */
export function memberIn(document: ConfigDocument, now: Member): Member | null {
  const { formula, machine, site, vocabulary, reasonTree } = document;
  if (formula !== LEDGER_FORMULA || !machine || !site) return null;
  const member = { ...now, machine: machine as unknown as Machine, site: site as unknown as Site };
  if (!member.site.reasons && reasonTree !== DEFAULT_REASON_TREE.version) return null;
  const { id, version } = wordsOf(member.machine);
  const then = vocabulary as { readonly id?: string; readonly version?: number } | undefined;
  return then?.id === id && then.version === version ? member : null;
}

/**
 * The machine as it was while nobody had heard of it, and what its inputs were named by: what vocabularies and reasons say
 * of words doesn't matter, since none was said. `null` where this program can't account it that way any more.
 */
export function silentIn(
  document: ConfigDocument,
  now: Member,
): { readonly member: Member; readonly named: InputNames } | null {
  const { formula, machine, site, vocabulary } = document;
  if (typeof formula !== 'string' || !FORMULAS_OF_SILENCE.includes(formula) || !machine || !site) return null;
  const then = machine as unknown as Machine;
  const { id, version } = vocabulary as { readonly id: string; readonly version: number };
  const isShipped = then.words !== undefined || vocabularies.some((one) => one.id === then.vocabulary);
  return {
    member: {
      ...now,
      machine: isShipped ? then : { ...then, vocabulary: now.machine.vocabulary },
      site: site as unknown as Site,
    },
    named: { formula, vocabulary: `${id}/${version}` },
  };
}
