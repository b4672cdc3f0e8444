import { query } from '../../api.ts';
import type { Stored } from '../../assess/stored.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { ApiLink } from '../../parts/api-link.tsx';

const DIGITS_SHOWN = 12;

/** The report of an assessment, for print and for machines; and this page on paper. */
export function Reports({ stored: { id, digest, evidenceRemovedAt } }: { readonly stored: Stored }) {
  const { words } = useSpeech();
  const path = `/assessments/${id}`;
  return (
    <p class="links reports">
      {(['zh', 'en'] as const).map((lang) => (
        <ApiLink key={lang} path={`${path}/report.html${query({ lang })}`} file={`report-${id}-${lang}.html`}>
          {words.assess[lang === 'zh' ? 'reportZh' : 'reportEn']}
        </ApiLink>
      ))}
      {evidenceRemovedAt ? (
        <span class="muted">
          {fill(words.assess.reportRemoved, { digest: digest.slice(0, DIGITS_SHOWN) })}
        </span>
      ) : (
        <ApiLink path={`${path}/report.json`} file={`report-${id}.json`}>
          report.json
        </ApiLink>
      )}
      <button type="button" class="small" onClick={() => print()}>
        {words.assess.printPage}
      </button>
    </p>
  );
}
