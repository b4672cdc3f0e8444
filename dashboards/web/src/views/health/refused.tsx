import { useEffect, useState } from 'preact/hooks';
import { query } from '../../api.ts';
import type { RefusedCode, RefusedPage } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Loading } from '../../parts/notice.tsx';
import { type HealthQuestion, refusedAddress } from '../../route.ts';
import { useAsked } from '../../use-asked.ts';
import { Codes } from './codes.tsx';
import { IngestFailure } from './ingest-failure.tsx';
import { Messages } from './messages.tsx';
import { RefusedCsv } from './refused-csv.tsx';
import { RefusedFilter } from './refused-filter.tsx';
import { useReplay } from './replay.tsx';

const PAGE = 50;
/** Enough to recognise a message by; the rest is asked for when somebody opens it. */
const PREVIEW_BYTES = 200;

/** What was refused, why, and the way back: explain, mend, replay. */
export function Refused({
  asked,
  refused,
  again,
}: {
  readonly asked: HealthQuestion;
  /** Of the books: a change of it says that there is something new to ask for. */
  readonly refused: number | undefined;
  readonly again: () => void;
}) {
  const { words } = useSpeech();
  const say = words.dataHealth;
  const { code, topic, cursor } = asked;
  const page = useAsked<RefusedPage>(
    `/ingest/refused${query({ limit: PAGE, payloadLimit: PREVIEW_BYTES, code, topic, cursor })}`,
  );
  const codes = useAsked<{ codes: readonly RefusedCode[] }>(`/ingest/refused/codes${query({ topic })}`);
  const askAgain = (): void => {
    page.again();
    codes.again();
  };
  const replay = useReplay(() => {
    askAgain();
    again();
  });
  const [selected, select] = useState<ReadonlySet<number>>(new Set());
  // A page further back stays as it is under its reader.
  useEffect(() => {
    codes.again();
    if (cursor === null) page.again();
  }, [refused]);
  useEffect(() => select(new Set()), [code, topic, cursor]);

  const items = page.answer?.items ?? [];
  const chosen = items.filter(({ id }) => selected.has(id)).map(({ id }) => id);
  const isFiltered = code !== null || topic !== null;
  return (
    <section class="card refused" aria-labelledby="health-refused">
      <h2 id="health-refused" tabIndex={-1}>
        {say.refusedTitle}
      </h2>
      {codes.answer ? <Codes codes={codes.answer.codes} asked={asked} /> : null}
      <RefusedFilter key={`${code}\n${topic}`} asked={asked} />
      {page.error ? <IngestFailure error={page.error} again={page.again} /> : null}
      {page.answer ? (
        <>
          {items.length === 0 ? <p class="muted">{isFiltered ? say.noneSuch : say.noneRefused}</p> : null}
          {items.length > 0 ? (
            <div class="actions">
              <button
                type="button"
                disabled={replay.running || chosen.length === 0}
                onClick={() => replay.run({ ids: chosen }, chosen)}
              >
                {fill(say.replaySelected, { count: chosen.length })}
              </button>
              {isFiltered ? (
                <button
                  type="button"
                  disabled={replay.running}
                  onClick={() =>
                    replay.run(
                      { ...(code === null ? {} : { code }), ...(topic === null ? {} : { topic }) },
                      items.map(({ id }) => id),
                    )
                  }
                >
                  {say.replayFound}
                </button>
              ) : null}
              <RefusedCsv code={code} topic={topic} />
            </div>
          ) : null}
          {replay.told}
          {items.length > 0 ? (
            <Messages
              items={items}
              selected={selected}
              select={select}
              tried={replay.tried}
              replay={(id) => replay.run({ ids: [id] }, [id])}
              replaying={replay.running}
            />
          ) : null}
          <p class="pages links">
            <span class="muted">{fill(say.pageOf, { count: items.length })}</span>
            {cursor === null ? null : <a href={refusedAddress({ code, topic })}>{say.newestPage}</a>}
            {page.answer.next === null ? null : (
              <a href={refusedAddress({ code, topic, cursor: page.answer.next })}>{say.older} →</a>
            )}
          </p>
        </>
      ) : page.error ? null : (
        <Loading />
      )}
    </section>
  );
}
