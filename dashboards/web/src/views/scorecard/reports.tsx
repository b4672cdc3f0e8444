import { query } from '../../api.ts';
import { useSpeech } from '../../i18n/index.ts';
import { ApiLink } from '../../parts/api-link.tsx';

/** The report of an assessment, for print and for machines; and this page on paper. */
export function Reports({ id }: { readonly id: number }) {
  const { words } = useSpeech();
  const path = `/assessments/${id}`;
  return (
    <p class="links reports">
      {(['zh', 'en'] as const).map((lang) => (
        <ApiLink key={lang} path={`${path}/report.html${query({ lang })}`} file={`report-${id}-${lang}.html`}>
          {words.assess[lang === 'zh' ? 'reportZh' : 'reportEn']}
        </ApiLink>
      ))}
      <ApiLink path={`${path}/report.json`} file={`report-${id}.json`}>
        report.json
      </ApiLink>
      <button type="button" class="small" onClick={() => print()}>
        {words.assess.printPage}
      </button>
    </p>
  );
}
