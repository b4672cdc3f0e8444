import { useSpeech } from '../i18n/index.ts';
import type { Part } from '../use-readiness.ts';

/** What of the service is out of order, and what that means for the figures below. */
export function Outages({ parts }: { parts: readonly Part[] }) {
  const { words, language } = useSpeech();
  const failed = parts.filter(({ ok, part }) => !ok && !(part === 'analysis' && storeIsAway(parts)));
  const meaningOf = ({ part }: Part): string | undefined => (words.outages as Record<string, string>)[part];
  // There from the start, so that screen readers tell what comes into it.
  return (
    <div role="alert">
      {failed.map((part) => {
        const said = part.message[language];
        const meaning = meaningOf(part);
        return (
          <p key={part.part} class="outage">
            <strong>{meaning ?? said}</strong> {meaning === undefined ? null : <small>{said}</small>}
          </p>
        );
      })}
    </div>
  );
}

/** Then nothing can be read either. */
const storeIsAway = (parts: readonly Part[]): boolean =>
  parts.some(({ part, ok }) => part === 'store' && !ok);
