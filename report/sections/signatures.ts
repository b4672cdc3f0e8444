import { html } from '../html.ts';
import type { Section } from '../section.ts';

export const signatures: Section = {
  id: 'signatures',
  title: { zh: '签署', en: 'Signatures' },
  render({ voice: { word } }) {
    const line = (who: 'signEnterprise' | 'signAssessor' | 'signBureau') =>
      html`<div class="signature"><div class="line"></div><p>${word(who)}</p><div class="line"></div><p>${word('signDate')}</p></div>`;
    return html`<div class="signatures">${line('signEnterprise')}${line('signAssessor')}${line('signBureau')}</div>`;
  },
};
