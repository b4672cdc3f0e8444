import type { MeasuredPart } from '../../../../../domain/assess/measure.ts';
import { PART_REASONS } from '../../../../../domain/assess/part-reasons.ts';
import type { Terms } from '../../../../../domain/assess/terms.ts';
import type { Span } from '../../../../../domain/time.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { RichTable } from '../../parts/rich-table.tsx';
import { machineSpanAddress, observationsAddress } from '../../route.ts';

/** What each machine or process contributes, those to look at first; each leads to its ledger of the period. */
export function Parts({
  assessed: { stored, voice },
  name,
  parts,
  terms,
  window,
}: {
  readonly assessed: Assessed;
  readonly name: string;
  readonly parts: readonly MeasuredPart[];
  readonly terms: Terms;
  readonly window: Span;
}) {
  const { words, say, value } = voice;
  const { equipment, processes } = stored.assessment.evidence.pilot;
  const names = new Map([...processes, ...equipment].map((one) => [one.id, one.name]));
  const nameOf = ({ id }: MeasuredPart): string => names.get(id) ?? id;
  const counts = ({ counts: does }: MeasuredPart): string =>
    does === null ? NOTHING : does ? `✓ ${words.assess.countsIn}` : `✗ ${words.assess.countsNot}`;
  return (
    <RichTable
      name={`${name}: ${words.assess.partsTitle}`}
      file={`parts-${stored.id}`}
      rows={parts}
      keyOf={({ id }, index) => `${id}/${index}`}
      columns={[
        {
          id: 'part',
          title: words.assess.part,
          text: nameOf,
          show: (part) => (
            <>
              {part.machine === null ? (
                nameOf(part)
              ) : (
                <a href={machineSpanAddress(part.machine, window)}>{nameOf(part)}</a>
              )}
              {nameOf(part) === part.id ? null : <small class="muted block">{part.id}</small>}
            </>
          ),
        },
        { id: 'id', title: 'id', text: ({ id }) => id, kind: 'csv' },
        { id: 'machine', title: words.machine, text: ({ machine }) => machine, kind: 'break' },
        {
          id: 'value',
          title: words.value,
          text: (part) => part.value,
          show: (part) => value(part.value, terms.unit),
          kind: 'number',
        },
        { id: 'counts', title: words.assess.counts, text: counts },
        {
          id: 'raw',
          title: words.assess.evidence,
          text: ({ machine }) => machine && observationsAddress(machine, window),
          show: ({ machine }) =>
            machine === null ? (
              NOTHING
            ) : (
              <a href={observationsAddress(machine, window)}>{words.assess.rawData}</a>
            ),
        },
        {
          id: 'because',
          title: words.assess.because,
          text: ({ because }) => because && say(PART_REASONS[because]),
          kind: 'break',
        },
      ]}
    />
  );
}
