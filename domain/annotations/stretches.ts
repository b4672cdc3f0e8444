import {
  type EnteredClass,
  REASONED_STATES,
  type ReasonedState,
  type ReasonTree,
  reasonIn,
} from '../reason-tree.ts';
import type { State } from '../state.ts';
import type { StateTape } from '../state-tape.ts';
import type { EpochMs, Span } from '../time.ts';
import { type Edit, LONGEST_FOLLOWED_MS, standingEdits } from './edit.ts';
import { stopStretches, stretchAt } from './stop-stretch.ts';

/** What people said of a span of a machine's time. It counts where the machine is known not to run. */
export interface Annotated extends Span {
  /** `null`: the machine's own reason shows. */
  readonly reason: string | null;
  /** `null`: what the machine's state says. */
  readonly class: EnteredClass | null;
  /** The class was given by hand, not by the reason. */
  readonly byHand: boolean;
  /** Only time in these states is meant; `null`: in any but running and unknown. */
  readonly states: readonly ReasonedState[] | null;
  /** Ids of the edits that it follows from. */
  readonly edits: readonly string[];
}

/** Whether what was entered counts in a state. Silence stays unknown and running stays running, whatever is entered. */
export const meansState = ({ states }: Pick<Annotated, 'states'>, state: State): boolean =>
  ((states ?? REASONED_STATES) as readonly State[]).includes(state);

interface Layer {
  readonly reason: string | null;
  readonly class: EnteredClass | null;
  readonly edits: readonly string[];
}

/**
 * What a machine's edits come to: ascending and disjoint spans, neighbours differing. An edit that follows an open stop ends
 * where the tape says that the stop ended; later edits cover earlier ones.
 */
export function annotatedStretches({
  edits,
  tape,
  tree,
  asOf,
}: {
  readonly edits: readonly Edit[];
  readonly tape: StateTape;
  readonly tree: ReasonTree;
  readonly asOf: EpochMs;
}): readonly Annotated[] {
  const standing = standingEdits(edits);
  if (standing.length === 0) return [];
  const stretches = standing.some(({ follows }) => follows) ? stopStretches(tape, asOf) : [];
  const spans = standing.map((edit) => ({ edit, from: edit.from, to: endOf(edit, stretches) }));
  const borders = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const placeOf = new Map(borders.map((border, place) => [border, place]));
  const layers: (Layer | undefined)[] = borders.map(() => undefined);
  for (const { edit, from, to } of spans) {
    const end = placeOf.get(to) as number;
    for (let place = placeOf.get(from) as number; place < end; place++) {
      layers[place] = covered(layers[place], edit);
    }
  }
  const found: Annotated[] = [];
  for (const [place, layer] of layers.entries()) {
    if (!layer || (layer.reason === null && layer.class === null)) continue;
    const span = { from: borders[place] as EpochMs, to: borders[place + 1] as EpochMs };
    const last = found.at(-1);
    const next = annotatedOf(layer, span, tree);
    if (last && last.to === next.from && isAlike(last, next))
      found[found.length - 1] = { ...last, to: next.to };
    else found.push(next);
  }
  return found;
}

/** Where an edit ends, given the stops of its time. */
export function endOf({ to, follows }: Edit, stretches: ReturnType<typeof stopStretches>): EpochMs {
  const followed = follows ? stretchAt(stretches, to) : undefined;
  return followed ? Math.min(followed.to, to + LONGEST_FOLLOWED_MS) : to;
}

/** A reason that is given anew brings its own class; a class alone leaves the reason. */
const covered = (before: Layer | undefined, { id, kind, reason, class: given }: Edit): Layer =>
  kind === 'reclassify'
    ? { reason: before?.reason ?? null, class: given, edits: [...(before?.edits ?? []), id] }
    : { reason, class: given, edits: [id] };

function annotatedOf({ reason, class: given, edits }: Layer, span: Span, tree: ReasonTree): Annotated {
  const known = reason === null ? undefined : reasonIn(tree, reason);
  const byHand = given !== null;
  const states = byHand ? null : (known?.states ?? null);
  return { ...span, reason, class: given ?? known?.class ?? null, byHand, states, edits };
}

/** What is said follows from the edits, in their order. */
const isAlike = (a: Annotated, b: Annotated): boolean =>
  a.edits.length === b.edits.length && a.edits.every((id, place) => id === b.edits[place]);
