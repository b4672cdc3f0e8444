import type { Books } from '../health/answers.ts';
import { useChange } from '../health/trail.ts';
import { useSpeech } from '../i18n/index.ts';
import { Loading } from '../parts/notice.tsx';
import { useLink, usePlant } from '../plant/use-plant.ts';
import { explainAddress, type HealthQuestion } from '../route.ts';
import { Boundary } from '../shell/boundary.tsx';
import { useAsked } from '../use-asked.ts';
import type { Part } from '../use-readiness.ts';
import { Alerts } from './health/alerts.tsx';
import { BooksCard } from './health/books.tsx';
import { Corrections } from './health/corrections.tsx';
import { IngestFailure } from './health/ingest-failure.tsx';
import { QuietMachines } from './health/machines.tsx';
import { PartsCard } from './health/parts.tsx';
import { Plausible } from './health/plausibility.tsx';
import { Refused } from './health/refused.tsx';
import { Sources } from './health/sources.tsx';
import { StorageCard } from './health/storage.tsx';
import { Suggestions } from './health/suggestions.tsx';
import { UnusualSources } from './health/unusual-sources.tsx';
import { Verdict } from './health/verdict.tsx';

const REFRESH_MS = 3000;

/** Whether everything that machines say arrives, and if not, why. */
export function HealthView({
  asked,
  parts,
}: {
  readonly asked: HealthQuestion;
  readonly parts: readonly Part[];
}) {
  const { words } = useSpeech();
  const books = useAsked<Books>('/ingest/books', REFRESH_MS);
  const change = useChange(books.answer);
  const { store } = usePlant();
  const { skewMs } = useLink();
  // Looked at as often as the books are asked, which is soon enough here; to watch each change would draw all the time.
  const machines = store.machines ? [...store.machines.values()] : undefined;
  return (
    <>
      <div class="machine-head">
        <h1>{words.health}</h1>
        <a href={explainAddress('')}>{words.dataHealth.explainTitle} →</a>
      </div>
      <Verdict books={books.answer} machines={machines} parts={parts} />
      {books.error ? <IngestFailure error={books.error} again={books.again} /> : null}
      <div class="health-top">
        {books.answer ? (
          <BooksCard books={books.answer} change={change} skewMs={skewMs} />
        ) : books.error ? null : (
          <Loading />
        )}
        <PartsCard parts={parts} spool={books.answer?.spool ?? null} skewMs={skewMs} />
      </div>
      <Boundary>
        <Alerts skewMs={skewMs} />
      </Boundary>
      <Boundary>
        <UnusualSources />
      </Boundary>
      <Boundary>
        <Corrections />
      </Boundary>
      <Refused asked={asked} refused={books.answer?.messages.refused} again={books.again} />
      <Boundary>
        <Suggestions />
      </Boundary>
      <Boundary>
        <StorageCard />
      </Boundary>
      {/* What is wrong with the machines must not hide the books. */}
      <Boundary>{machines ? <QuietMachines machines={machines} /> : null}</Boundary>
      <Boundary>{machines ? <Plausible machines={machines.length} /> : null}</Boundary>
      <Boundary>
        {books.answer ? (
          <Sources sources={books.answer.sources} machines={machines ?? []} skewMs={skewMs} />
        ) : null}
      </Boundary>
    </>
  );
}
