import type { ApiError } from '../../api.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Failure } from '../../parts/notice.tsx';

/** Why ingest can't be asked: it runs elsewhere, it doesn't run, or the answer failed in the common ways. */
export function IngestFailure({ error, again }: { readonly error: ApiError; readonly again: () => void }) {
  const { words } = useSpeech();
  const said: Record<string, string> = {
    'ingest-elsewhere': words.dataHealth.elsewhere,
    'store-unavailable': words.dataHealth.noIngest,
  };
  const meaning = said[error.code];
  if (meaning === undefined) return <Failure error={error} again={again} />;
  return (
    <p class="outage" role="alert">
      <strong>{meaning}</strong> <small lang="en">{error.message}</small>
    </p>
  );
}
