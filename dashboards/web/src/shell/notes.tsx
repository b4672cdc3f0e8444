import { useEffect, useState } from 'preact/hooks';
import { fill, useSpeech } from '../i18n/index.ts';
import { useLink } from '../plant/use-plant.ts';
import { useNewVersion } from './use-new-version.ts';

/** A wall has nobody to press a button. */
const WALL_RELOADS_AFTER_MS = 5_000;

/** What there is to say about the page itself, above every view. */
export function Notes({ noLanguage, wall }: { readonly noLanguage: string | null; readonly wall: boolean }) {
  const { words } = useSpeech();
  const { connected } = useLink();
  const isNew = useNewVersion(connected);
  const [dismissed, dismiss] = useState(false);
  useEffect(() => {
    if (!isNew || !wall) return;
    const timer = setTimeout(() => location.reload(), WALL_RELOADS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isNew, wall]);
  return (
    <div role="status">
      {isNew ? (
        <p class="note">
          {words.wall.newVersion}{' '}
          <button type="button" onClick={() => location.reload()}>
            {words.wall.reload}
          </button>
        </p>
      ) : null}
      {noLanguage !== null && !dismissed ? (
        <p class="note">
          {fill(words.wall.noLanguage, { language: noLanguage })}{' '}
          <button type="button" onClick={() => dismiss(true)}>
            {words.wall.dismiss}
          </button>
        </p>
      ) : null}
    </div>
  );
}
