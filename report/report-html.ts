import { creditCodeDoubt, readCreditCode } from '../domain/assess/credit-code.ts';
import { INDUSTRY_NAMES, PROCESS_TYPE_NAMES, PROGRAMME_NAMES } from '../domain/assess/register-names.ts';
import { CHART_DEFINITIONS } from './charts.ts';
import { Html, html } from './html.ts';
import type { ReportContext, ReportPlace } from './section.ts';
import { SECTIONS } from './sections/index.ts';
import { STYLE } from './style.ts';
import { type Language, voiceOf } from './voice.ts';
import { WORDS } from './words.ts';

/** An assessment as one HTML document for print: charts inside, no script, nothing asked of anybody. */
export function reportHtml({
  language,
  ...parts
}: Omit<ReportContext, 'voice'> & { readonly place: ReportPlace; readonly language: Language }): string {
  const context: ReportContext = { ...parts, voice: voiceOf(language, parts.assessment.evidence.zone) };
  const { voice } = context;
  const sections = SECTIONS.map((section) => {
    const content = section.render(context);
    return (
      content &&
      html`<section id="${section.id}"><h2>${voice.heading(section.title)}</h2>${content}</section>`
    );
  });
  const { name } = context.assessment.evidence.pilot.enterprise;
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name} · ${voice.word('title')}</title><style>${new Html(STYLE)}</style></head><body>${CHART_DEFINITIONS}
${head(context)}${sections}</body></html>
`;
  return page.text;
}

function head({ assessment, rubric, place, voice }: ReportContext): Html {
  const { word, say } = voice;
  const { pilot } = assessment.evidence;
  const code = pilot.enterprise.creditCode;
  const doubt = code === null ? null : readCreditCode(code).doubt;
  const status =
    place.publishedAt === null
      ? html`<p class="banner">${word('draft')}</p>`
      : html`<p>${word('published')} ${voice.time(place.publishedAt)}${voice.marks.comma}${word('by')} ${place.publishedBy}</p>`;
  return html`<header><h1>${voice.heading(WORDS.title)}</h1>
${pilot.simulated && html`<p class="banner">${word('simulated')}</p>`}${status}
<dl class="facts"><dt>${word('enterprise')}</dt><dd>${pilot.enterprise.name}</dd>
<dt>${word('creditCode')}</dt><dd>${code ?? word('notGiven')}${doubt && html` <span class="mark">${say(creditCodeDoubt(doubt))}</span>`}</dd>
<dt>${word('district')}</dt><dd>${pilot.district}</dd><dt>${word('industry')}</dt><dd>${say(INDUSTRY_NAMES[pilot.industry])}</dd>
<dt>${word('programme')}</dt><dd>${say(PROGRAMME_NAMES[pilot.programme])}</dd><dt>${word('processType')}</dt><dd>${say(PROCESS_TYPE_NAMES[pilot.processType])}</dd>
<dt>${word('sites')}</dt><dd class="long">${pilot.sites.join(voice.marks.list)}</dd>
<dt>${word('rubric')}</dt><dd class="long">${say(rubric.title)}${voice.marks.comma}${word('version')} ${rubric.version} ${voice.mark(rubric.source)}</dd>
<dt>${word('period')}</dt><dd>${voice.time(assessment.period.from)} ~ ${voice.time(assessment.period.to)}</dd><dt>${word('asOf')}</dt><dd>${voice.time(assessment.evidence.asOf)}</dd>
<dt>${word('number')}</dt><dd>${place.id}</dd><dt>${word('version')}</dt><dd>${assessment.schema}</dd>
<dt>${word('digest')}</dt><dd class="long"><code>${place.digest}</code></dd>
<dt>${word('rubricDigest')}</dt><dd class="long"><code>${assessment.rubric.digest}</code></dd></dl></header>`;
}
