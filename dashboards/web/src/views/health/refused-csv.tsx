import { useState } from 'preact/hooks';
import { type ApiError, ask, query } from '../../api.ts';
import { integer } from '../../format.ts';
import type { RefusedMessage, RefusedPage } from '../../health/answers.ts';
import { bytesOf, textOf } from '../../health/payload.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { downloadCsv } from '../../parts/download.ts';
import { IngestFailure } from './ingest-failure.tsx';

const MOST = 10_000;
const PAGE = 1000;
const PAYLOAD_BYTES = 1000;

/** Everything that fits the filter, as a table for elsewhere; of payloads the beginning. */
export function RefusedCsv({ code, topic }: { readonly code: string | null; readonly topic: string | null }) {
  const { words, language, locale } = useSpeech();
  const [state, setState] = useState<'rest' | 'busy' | ApiError>('rest');
  const fetchAll = async (): Promise<void> => {
    setState('busy');
    try {
      const items: RefusedMessage[] = [];
      for (let cursor: string | null = null; items.length < MOST; ) {
        const asked = query({ limit: PAGE, payloadLimit: PAYLOAD_BYTES, code, topic, cursor });
        const page: RefusedPage = await ask<RefusedPage>(`/ingest/refused${asked}`);
        items.push(...page.items);
        cursor = page.next;
        if (cursor === null) break;
      }
      downloadCsv('refused', [
        [
          'id',
          words.receivedAt,
          words.source,
          words.topic,
          words.code,
          words.detail,
          'bytes',
          'sha256',
          words.payload,
        ],
        ...items.map((item) => [
          ...[item.id, item.receivedAt, item.source, item.topic, item.code, item.message[language]],
          ...[item.payloadBytes, item.sha256, textOf(bytesOf(item.payloadBase64))],
        ]),
      ]);
      setState('rest');
    } catch (error) {
      setState(error as ApiError);
    }
  };
  return (
    <>
      <button type="button" disabled={state === 'busy'} onClick={() => void fetchAll()}>
        {fill(words.dataHealth.csvOfAll, { most: integer(MOST, locale) })}
      </button>
      {state instanceof Error ? <IngestFailure error={state} again={() => void fetchAll()} /> : null}
    </>
  );
}
