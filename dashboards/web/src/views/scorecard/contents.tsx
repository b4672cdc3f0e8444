import { useEffect } from 'preact/hooks';
import type { Assessed } from '../../assess/assessed.ts';
import { pilotAddress } from '../../route.ts';

export interface Part {
  /** Id of its section. */
  readonly id: string;
  readonly title: string;
}

const goToPart = (id: string): void => document.getElementById(id)?.scrollIntoView({ block: 'start' });

/** The sections of a scorecard, always in sight; each has an address of its own. */
export function Contents({
  assessed: { stored, voice },
  parts,
  here,
}: {
  readonly assessed: Assessed;
  readonly parts: readonly Part[];
  readonly here: string | null;
}) {
  useEffect(() => {
    if (here !== null) goToPart(here);
  }, [here]);
  const { words } = voice;
  return (
    <nav class="contents" aria-label={words.assess.contents}>
      <ol>
        {parts.map(({ id, title }) => (
          <li key={id}>
            <a
              href={pilotAddress(stored.assessment.evidence.pilot.id, stored.id, id)}
              {...(id === here ? { 'aria-current': 'location' as const } : {})}
              onClick={() => goToPart(id)}
            >
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
