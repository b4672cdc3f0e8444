import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf, authorization } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { downloadBlob } from './download.ts';

/**
 * A link to a document of the API. A browser's own navigation carries no token; where one is set, the document is fetched
 * with it, and saved.
 */
export function ApiLink({
  path,
  file,
  children,
}: {
  readonly path: string;
  /** What the document is called when it is saved. */
  readonly file: string;
  readonly children: ComponentChildren;
}) {
  const { words } = useSpeech();
  const [failed, fail] = useState(false);
  const address = addressOf(`api/v1${path}`);
  const fetchIt = async (): Promise<void> => {
    try {
      const response = await fetch(address, { headers: authorization() });
      fail(!response.ok);
      if (response.ok) downloadBlob(await response.blob(), file);
    } catch {
      fail(true);
    }
  };
  return (
    <>
      <a
        href={address}
        target="_blank"
        rel="noreferrer"
        onClick={(event) => {
          if (Object.keys(authorization()).length === 0) return;
          event.preventDefault();
          void fetchIt();
        }}
      >
        {children}
      </a>
      {failed ? (
        <span class="warning" role="alert">
          {' '}
          {words.failed}
        </span>
      ) : null}
    </>
  );
}
