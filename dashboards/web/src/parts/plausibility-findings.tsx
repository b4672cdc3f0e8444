import { checkTitle, evidenceWords } from '../../../../domain/plausibility/finding-words.ts';
import type { GradedFinding } from '../../../../domain/plausibility/graded.ts';
import type { Voice } from '../assess/voice.ts';
import { machineSpanAddress } from '../route.ts';
import { PathText } from './path-text.tsx';
import { RichTable } from './rich-table.tsx';

/** A finding, and the machine that it was made of. */
export type MachineFinding = Pick<GradedFinding, 'check' | 'from' | 'to' | 'evidence'> & {
  readonly machine: string;
  readonly grade: string;
};

/** Findings with their numbers; each leads to its machine in that time. */
export function PlausibilityFindings({
  findings,
  voice,
  file,
}: {
  readonly findings: readonly MachineFinding[];
  readonly voice: Voice;
  readonly file: string;
}) {
  const { words, say, time } = voice;
  const { plausible } = words;
  return (
    <RichTable
      name={plausible.title}
      file={file}
      rows={findings}
      keyOf={(_finding, index) => index}
      columns={[
        {
          id: 'machine',
          title: words.machine,
          text: ({ machine }) => machine,
          show: ({ machine, from, to }) => (
            <a href={machineSpanAddress(machine, { from, to })}>
              <PathText path={machine} />
            </a>
          ),
        },
        { id: 'check', title: plausible.check, text: ({ check }) => say(checkTitle(check)) },
        { id: 'grade', title: plausible.grade, text: ({ grade }) => grade },
        {
          id: 'stretch',
          title: plausible.stretch,
          text: ({ from, to }) => `${time(from)} ~ ${time(to)}`,
        },
        {
          id: 'evidence',
          title: plausible.evidence,
          text: (finding) => say(evidenceWords(finding)),
          kind: 'break',
        },
      ]}
    />
  );
}
