import type { Finding } from '../../domain/assess/assessment.ts';
import { bandId, type Indicator, type Scoring } from '../../domain/assess/rubric.ts';
import { termsOf } from '../../domain/assess/terms.ts';
import { type Html, html } from '../html.ts';
import type { ReportContext, Section } from '../section.ts';
import { NOTHING, type Voice } from '../voice.ts';

export const findings: Section = {
  id: 'findings',
  title: { zh: '逐项结果与证据', en: 'Findings and their evidence' },
  render(context) {
    const { assessment, rubric, voice } = context;
    const { word, say } = voice;
    const found = new Map(assessment.findings.map((finding) => [finding.indicator, finding]));
    const rows = rubric.elements.flatMap((element) =>
      element.domains
        .filter(({ indicators }) => indicators.length > 0)
        .flatMap((domain) => [
          html`<tr class="element"><th scope="row" colspan="5">${say(element.title)} › ${say(domain.title)}</th></tr>`,
          ...domain.indicators.map((indicator) => {
            const finding = found.get(indicator.id);
            return finding ? row(context, indicator, finding) : null;
          }),
        ]),
    );
    return html`<table class="findings"><thead><tr><th>${word('indicator')}</th><th>${word('answer')}</th><th>${word('points')}</th><th>${word('basis')}</th><th>${word('evidence')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};

function row(context: ReportContext, indicator: Indicator, finding: Finding): Html {
  const { say, mark } = context.voice;
  const title = html`<th scope="row">${say(indicator.title)} <small>${indicator.id}</small><br>${mark(indicator.source)}</th>`;
  return html`<tr>${title}${outcome(context, indicator, finding)}<td>${evidence(context, finding)}</td></tr>`;
}

function outcome({ voice, rubric }: ReportContext, indicator: Indicator, finding: Finding): Html {
  const { word, say } = voice;
  if (finding.outcome === 'not-applicable') {
    return html`<td colspan="3" class="muted">${word('notApplicable')}${voice.marks.colon}${say(finding.because)}</td>`;
  }
  if (finding.outcome === 'no-evidence') {
    return html`<td class="open">${word('noEvidence')}</td><td>${NOTHING} / ${voice.points(finding.highest)}</td><td>${say(finding.because)}</td>`;
  }
  const { scoring } = indicator;
  const option = scoring.kind === 'options' && scoring.options.find(({ id }) => id === finding.option);
  const bounded = voice.points(finding.low) !== voice.points(finding.high);
  const level = option && rubric.levels.find(({ id }) => id === option.level);
  return html`<td>${option ? html`<b>${option.id}</b> ${say(option.text)}` : bandOf(voice, scoring, finding.option)}${level && html`<br><small>${say(level.title)}</small>`}</td>
<td>${voice.points(finding.points)} / ${voice.points(finding.highest)}${bounded && html`<br><small>${voice.points(finding.low)} ~ ${voice.points(finding.high)}</small>`}</td>
<td>${word(finding.basis)}${finding.cappedBy && html`<br><small>${word('cappedBy')} ${finding.cappedBy}</small>`}${finding.contradicted && html`<br><small class="warning">${word(finding.basis === 'measured' ? 'enterpriseContradicted' : 'contradicted')}</small>`}</td>`;
}

/** The values that the band holds. */
function bandOf(voice: Voice, scoring: Scoring, id: string): string {
  const band = scoring.kind === 'bands' && scoring.bands.find((one) => bandId(one) === id);
  if (!band) return id;
  const { unit } = termsOf(scoring.what);
  if (band.from === null) return `${voice.word('below')} ${voice.value(band.to, unit)}`;
  if (band.to === null) return `${voice.value(band.from, unit)} ${voice.word('from')}`;
  return `${voice.value(band.from, unit)} ~ ${voice.value(band.to, unit)}`;
}

function evidence({ voice }: ReportContext, finding: Finding): Html {
  const { word, say } = voice;
  const items = finding.evidence.map(({ what, measured }) => {
    const terms = termsOf(what);
    const range = voice.range(measured.low, measured.high, terms.unit);
    const integers =
      measured.numerator !== null && measured.denominator !== null
        ? ` = ${measured.numerator} / ${measured.denominator}`
        : '';
    return html`<li>${say(terms.title)} <b>${voice.value(measured.value, terms.unit)}</b>${range && html`${voice.marks.open}${range}${voice.marks.close}`} ${voice.mark(terms.source)}
${measured.notAssessable && html`<span class="warning">${word('notAssessable')}</span>`}<br><small>${say(terms.denominator)}${integers}${measured.coverage !== null && html`${voice.marks.semicolon}${word('coverage')} ${voice.percent(measured.coverage)}`}${measured.proof && html`${voice.marks.semicolon}${word('revision')} ${measured.proof.revision}${voice.marks.semicolon}${measured.proof.formulaVersion}${voice.marks.semicolon}<code>${measured.proof.digest.slice(0, 16)}</code>`}</small></li>`;
  });
  return html`<ul>${items}</ul>${finding.lowered && html`<small class="warning">${say(finding.lowered.because)}</small>`}`;
}
