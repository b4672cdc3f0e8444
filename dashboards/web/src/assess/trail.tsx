import { useSpeech } from '../i18n/index.ts';
import { indicatorAddress, pilotAddress, programmeAddress, type Route } from '../route.ts';

/** Where a look at a machine began: an indicator of an assessment. */
interface Origin {
  readonly pilot: string;
  readonly indicator: string;
  readonly assessment: number;
  /** As they are called on the page. */
  readonly names: { readonly pilot: string; readonly indicator: string };
}

const KEY = 'kaidong.trail';

/** Remembers, for this tab, which evidence is looked at. */
export const beginTrail = (origin: Origin): void => sessionStorage.setItem(KEY, JSON.stringify(origin));

function originOf(): Origin | null {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? null : (JSON.parse(kept) as Origin);
}

/** Whether a view belongs to the evidence of an indicator: machines, and what was heard of them. */
const isEvidence = ({ view }: { readonly view: string }): boolean =>
  view === 'machine' || view === 'observations';
const isAssessment = ({ view }: Route): boolean => view === 'pilot' || view === 'indicator';

/** The way back from a machine to the indicator whose evidence it is, however many windows were looked at meanwhile. */
export function Trail({ route }: { readonly route: Route }) {
  const { words } = useSpeech();
  const origin = originOf();
  if (origin && !isEvidence(route) && !isAssessment(route)) sessionStorage.removeItem(KEY);
  if (!origin || !isEvidence(route)) return null;
  const { pilot, indicator, assessment, names } = origin;
  return (
    <nav class="crumbs trail break" aria-label={words.assess.trail}>
      <b>{words.assess.trail}</b> <a href={programmeAddress()}>{words.programme}</a> ›{' '}
      <a href={pilotAddress(pilot, assessment)}>{names.pilot}</a> ›{' '}
      <a href={indicatorAddress(pilot, indicator, assessment)}>{names.indicator}</a> ›{' '}
      <span aria-current="page">{words.machine}</span>
    </nav>
  );
}
