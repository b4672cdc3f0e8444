import type { Edit } from '../../domain/annotations/edit.ts';
import type { EpochMs, Span } from '../../domain/time.ts';

/** An edit of which only what matters is said; made in the order of its place in the log. */
export function editOf({
  kind,
  undoes = null,
  ...said
}: Partial<Edit> & Span & { readonly id: string; readonly seq: number }): Edit {
  const madeAt: EpochMs = said.to;
  return {
    machine: 'acme/zhoushan/moulding/line1/imm-01',
    kind: kind ?? (undoes === null ? 'annotate' : 'undo'),
    follows: false,
    reason: null,
    class: null,
    undoes,
    note: null,
    by: '王工',
    madeAt: madeAt + said.seq,
    takenAt: null,
    receivedAt: madeAt + said.seq,
    treeVersion: 1,
    ...said,
  };
}
