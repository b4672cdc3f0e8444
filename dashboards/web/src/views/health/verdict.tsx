import { imbalance } from '../../../../../domain/books.ts';
import type { MachineNow } from '../../api.ts';
import { bytes, integer } from '../../format.ts';
import type { Books } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import type { Part } from '../../use-readiness.ts';

interface Fact {
  readonly id: string;
  readonly title: string;
  readonly said: string;
  readonly fine: boolean;
}

/** The whole of data health in one line: each fact leads to its part of the page. */
export function Verdict({
  books,
  machines,
  parts,
}: {
  readonly books: Books | undefined;
  readonly machines: readonly MachineNow[] | undefined;
  readonly parts: readonly Part[];
}) {
  const { words, locale } = useSpeech();
  const say = words.dataHealth;
  const facts: Fact[] = [];
  if (books) {
    const { messages, observations, spool } = books;
    const fine = imbalance(messages) === 0 && imbalance(observations) === 0;
    facts.push({
      ...{ id: 'books', title: say.booksFact, fine },
      said: fine ? words.balanced : words.unbalanced,
    });
    if (spool) {
      const isEmpty = spool.bytes === 0;
      facts.push({
        ...{ id: 'parts', title: say.spoolFact, fine: parts.every(({ part, ok }) => part !== 'spool' || ok) },
        said: isEmpty ? say.spoolEmpty : bytes(spool.bytes, locale),
      });
    }
    facts.push({
      ...{ id: 'refused', title: words.refused, fine: messages.refused + observations.refused === 0 },
      said: fill(say.refusedCounts, {
        messages: integer(messages.refused, locale),
        observations: integer(observations.refused, locale),
      }),
    });
  }
  if (machines) {
    const never = machines.filter(({ declared, lastHeard }) => declared && lastHeard === null).length;
    const silent = machines.filter(({ stale, lastHeard }) => stale && lastHeard !== null).length;
    const undeclared = machines.filter(({ declared }) => !declared).length;
    const fine = never + silent + undeclared === 0;
    facts.push({
      ...{ id: 'machines', title: say.machinesFact, fine },
      said: fine
        ? fill(say.machinesFine, { count: machines.length })
        : fill(say.machineCounts, { silent, never, undeclared }),
    });
  }
  if (parts.length > 0) {
    const failed = parts.filter(({ ok }) => !ok).length;
    facts.push({
      ...{ id: 'parts', title: say.partsFact, fine: failed === 0 },
      said: failed === 0 ? say.partsOk : fill(say.partsFailed, { count: failed }),
    });
  }
  if (facts.length === 0) return null;
  return (
    <ul class="verdicts">
      {facts.map(({ id, title, said, fine }) => (
        <li key={title}>
          <button type="button" class={fine ? 'fact fine' : 'fact look'} onClick={() => show(id)}>
            <span class="fact-title">{title}</span>
            <span class="fact-said">
              <span aria-hidden="true">{fine ? '✓' : '!'}</span> {said}
            </span>
            {fine ? null : <span class="hidden">{say.lookHere}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The address holds the view; within it, focus and scrolling lead on. */
function show(id: string): void {
  const part = document.getElementById(`health-${id}`);
  part?.scrollIntoView({ block: 'start' });
  part?.focus({ preventScroll: true });
}
