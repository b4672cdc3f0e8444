import { type Edit, undoneIn } from '../../domain/annotations/edit.ts';
import { DEFAULT_REASON_TREE } from '../../domain/default-reason-tree.ts';
import { prefixOf } from '../../domain/path.ts';
import type { Site } from '../../domain/plant.ts';
import type { ReasonTree } from '../../domain/reason-tree.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { PiecesSource } from '../class-pieces.ts';
import { standsUntil } from '../kept-work.ts';
import type { Member, Members } from '../members.ts';
import type { EditLog } from './edit-log.ts';
import { type PreviewRow, previewOf } from './preview.ts';
import { EditRefused, refusedAsRemoved } from './refused.ts';
import { checkSaid, checkStops, madeAtOf, type SaidEdit, type Signature } from './said-edit.ts';
import { type StopEntry, type StopsAnswer, stopsOf } from './stops.ts';

/** An entry of the log, and whether it is taken back. */
export type LoggedEdit = Edit & { readonly undone: boolean };

/** What people say of stops. Every method rejects with `EditRefused` or `QuestionRefused`. */
export interface StopDesk {
  /** A site's reasons; `own` false: the tree that is shipped. */
  tree(site: string): Promise<{ readonly tree: ReasonTree; readonly own: boolean }>;
  stops(question: Span & { readonly machine: string; readonly asOf?: EpochMs }): Promise<StopsAnswer>;
  /** What was said of a span, newest first. */
  history(question: Span & { readonly machine: string }): Promise<readonly LoggedEdit[]>;
  say(said: SaidEdit): Promise<LoggedEdit>;
  /** Takes back an edit, be it an undo. */
  undo(target: string, signature: Signature): Promise<LoggedEdit>;
  /** The figures of the touched shifts without it and with it; nothing is saved. */
  preview(
    said: SaidEdit | (Signature & { readonly undoes: string }),
  ): Promise<{ readonly asOf: EpochMs; readonly machine: string; readonly rows: readonly PreviewRow[] }>;
}

export function createStopDesk({
  store,
  horizons,
  members,
  sites,
  log,
  now,
  keptSince,
  touched,
}: PiecesSource & {
  readonly members: Members;
  readonly sites: readonly Site[];
  readonly log: EditLog;
  readonly now: () => EpochMs;
  readonly keptSince: () => EpochMs;
  /** Told of a machine whose figures may have changed. */
  readonly touched: (machine: string) => void;
}): StopDesk {
  const treeOf = ({ site }: Member): ReasonTree => site.reasons ?? DEFAULT_REASON_TREE;

  /** From when on a machine's figures can be made anew: what its recorded hours stand of goes further than what is removed. */
  const editableSince = (member: Member): EpochMs =>
    Math.max(keptSince(), standsUntil(member, horizons.all().get(member.machine.path)));

  const logged = (edit: Edit): LoggedEdit => {
    const around = log.touching(edit.machine, { from: edit.from, to: Math.max(edit.to, edit.from + 1) });
    return { ...edit, undone: undoneIn(around).has(edit.id) };
  };

  /** What is said, as an entry of the log; it isn't added. */
  const prepared = async (said: SaidEdit): Promise<Omit<Edit, 'seq'>> => {
    const receivedAt = now();
    const madeAt = madeAtOf(said, receivedAt);
    const member = await members.one(said.machine);
    const tree = treeOf(member);
    checkSaid(said, { receivedAt, madeAt, editableSince: editableSince(member), tree });
    const isSplit = said.kind === 'split';
    const window = isSplit
      ? { from: said.from - 1, to: said.from + 1 }
      : { from: said.from, to: said.to ?? madeAt };
    const found = await stopsOf({ store, horizons, member, window, asOf: receivedAt });
    const stops = said.to === null && said.kind !== 'merge' ? found.slice(0, 1) : found;
    checkStops(said, stops, tree);
    const last = stops.at(-1);
    // To its end, where it has one by then; else as far as is known, and on while it lasts.
    const follows = said.to === null && last?.to === window.to;
    const to = isSplit ? said.from : (said.to ?? last?.to ?? window.to);
    return {
      ...{ id: said.id, machine: member.machine.path, kind: said.kind, from: said.from, to, follows },
      reason:
        said.reason === undefined && said.kind === 'merge' ? firstEntered(stops, log) : (said.reason ?? null),
      ...{ class: said.class, undoes: null, note: said.note, by: said.by },
      ...{ madeAt, takenAt: said.takenAt, receivedAt, treeVersion: tree.version },
    };
  };

  /** `named`: the field that the target came in. */
  const undoing = (target: string, signature: Signature, named = 'id'): Omit<Edit, 'seq'> => {
    const edit = log.get(target);
    if (!edit) {
      throw new EditRefused('annotation-not-found', named, `nothing was said under the id "${target}"`, [
        'an id in GET /api/v1/annotations',
      ]);
    }
    const receivedAt = now();
    const { machine, from, to, follows } = edit;
    const since = editableSince(members.at(machine));
    if (from < since) {
      const told = `"${target}" was said of ${new Date(from).toISOString()}`;
      throw refusedAsRemoved(named, told, { since, allowed: 'an edit of time' });
    }
    return {
      ...{
        id: signature.id,
        machine,
        kind: 'undo',
        from,
        to,
        follows,
        reason: null,
        class: null,
        undoes: target,
      },
      ...{ note: signature.note, by: signature.by, madeAt: madeAtOf(signature, receivedAt) },
      ...{ takenAt: signature.takenAt, receivedAt, treeVersion: treeOf(members.at(machine)).version },
    };
  };

  const refuseUndone = (target: string, named = 'id'): void => {
    const edit = log.get(target);
    if (!edit || !logged(edit).undone) return;
    throw new EditRefused('annotation-undone', named, `"${target}" is taken back already`, [
      'an edit that still counts; to make one count again, take its undo back',
    ]);
  };

  /** The entry that has the id of what is said already. Throws where that is something else. */
  const knownAs = (id: string, isSame: (known: Edit) => boolean): Edit | undefined => {
    const known = log.get(id);
    if (!known || isSame(known)) return known;
    throw new EditRefused(
      'annotation-id-taken',
      'id',
      `the id "${id}" stands for something else that was said`,
      ['a new id for each thing that is said, e.g. a random UUID'],
    );
  };

  const add = (
    edit: Omit<Edit, 'seq'>,
    { isSame, check }: { readonly isSame: (known: Edit) => boolean; readonly check?: () => void },
  ): LoggedEdit => {
    const added = log.add(edit, check);
    if (added.is === 'added') touched(edit.machine);
    // Two came at once, and the other was first.
    else knownAs(edit.id, isSame);
    return logged(added.edit);
  };

  return {
    async tree(path) {
      const reasons = sites.find((one) => one.path === path)?.reasons;
      const known = sites.map((one) => one.path);
      if (!known.includes(path)) {
        const heard = (await members.all()).map(({ machine }) => prefixOf(machine.path, 'site'));
        if (!heard.includes(path)) {
          throw new EditRefused(
            'site-not-found',
            'site',
            `no site "${path}" is declared or was heard of`,
            known,
          );
        }
      }
      return { tree: reasons ?? DEFAULT_REASON_TREE, own: reasons !== undefined };
    },

    async stops({ machine, from, to, asOf = now() }) {
      const member = await members.one(machine);
      const stops = await stopsOf({ store, horizons, member, window: { from, to }, asOf });
      const known = (since: EpochMs): EpochMs | null => (Number.isFinite(since) ? since : null);
      const retained = { keptSince: known(keptSince()), editableSince: known(editableSince(member)) };
      return { machine, from, to, asOf, ...retained, stops };
    },

    async history({ machine, ...span }) {
      await members.one(machine);
      const edits = log.touching(machine, span);
      const undone = undoneIn(edits);
      return edits.map((edit) => ({ ...edit, undone: undone.has(edit.id) })).reverse();
    },

    async say(said) {
      const isSame = saysTheSame(said);
      const known = knownAs(said.id, isSame);
      return known ? logged(known) : add(await prepared(said), { isSame });
    },

    async undo(target, signature) {
      const isSame = ({ undoes, by, note }: Edit) =>
        undoes === target && by === signature.by && note === signature.note;
      const known = knownAs(signature.id, isSame);
      if (known) return logged(known);
      return add(undoing(target, signature), { isSame, check: () => refuseUndone(target) });
    },

    async preview(said) {
      const isUndo = 'undoes' in said;
      if (isUndo) refuseUndone(said.undoes, 'undoes');
      const edit = isUndo ? undoing(said.undoes, said, 'undoes') : await prepared(said);
      const asOf = now();
      const rows = await previewOf({
        ...{ store, member: await members.one(edit.machine), asOf },
        edit: { ...edit, seq: Number.MAX_SAFE_INTEGER },
        until: edit.follows ? asOf : edit.to,
      });
      return { asOf, machine: edit.machine, rows };
    },
  };
}

/** Whether an entry of the log is what is said; where its end was left to the stop, the entry has the one that was found. */
const saysTheSame =
  (said: SaidEdit) =>
  (one: Edit): boolean =>
    one.machine === said.machine &&
    one.kind === said.kind &&
    one.from === said.from &&
    (said.to === null || one.to === said.to) &&
    (said.reason === undefined || one.reason === said.reason) &&
    one.class === said.class &&
    one.by === said.by &&
    one.note === said.note;

/** The first reason that was entered in stops. */
function firstEntered(stops: readonly StopEntry[], log: EditLog): string | null {
  const parts = stops.flatMap((stop) => stop.parts);
  return parts.find(({ edits }) => edits.some((id) => log.get(id)?.reason))?.reason ?? null;
}
