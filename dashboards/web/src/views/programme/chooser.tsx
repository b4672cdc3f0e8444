import type { ComponentChildren } from 'preact';
import { COMPARED } from '../../assess/pilot-rows.ts';
import type { Row } from '../../assess/stored.ts';
import { fill, useSpeech } from '../../i18n/index.ts';

/** A pilot with the box that puts it beside others. */
export function Chooser({
  chosen,
  pilot,
  name,
  choose,
  children,
}: {
  readonly chosen: readonly Row[];
  readonly pilot: string;
  readonly name: string;
  readonly choose: (pilot: string, wanted: boolean) => void;
  readonly children: ComponentChildren;
}) {
  const { words } = useSpeech();
  const here = chosen.some((row) => row.pilot === pilot);
  const label = fill(words.assess.compareThis, { name });
  return (
    <span class="chooser">
      <input
        type="checkbox"
        checked={here}
        disabled={!here && chosen.length >= COMPARED}
        aria-label={label}
        title={label}
        onChange={(event) => choose(pilot, event.currentTarget.checked)}
      />
      <span>{children}</span>
    </span>
  );
}
