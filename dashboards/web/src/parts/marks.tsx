import type { Source } from '../../../../domain/assess/rubric.ts';
import { sourceIn } from '../../../../domain/assess/source-texts.ts';
import { useSpeech } from '../i18n/index.ts';

/** The mark of a number whose source isn't verified; nothing for one that is. */
export function SourceMark({ source }: { source: Source }) {
  const { words, language } = useSpeech();
  if (source.verification === 'verified') return null;
  return (
    <span class="mark" title={sourceIn(language, source.text).text || words.assess.noSource}>
      {words.verifications[source.verification]}
    </span>
  );
}

/** Where a definition comes from. */
export function SourceText({ source }: { source: Source }) {
  const { words, language } = useSpeech();
  const { text, isOriginal } = sourceIn(language, source.text);
  if (text === '') return <>{words.assess.noSource}</>;
  return isOriginal ? <span translate={false}>{text}</span> : text;
}

/** Stands wherever a pilot's name does, whose telemetry is simulated. */
export function SimulatedMark({ simulated }: { simulated: boolean }) {
  const { words } = useSpeech();
  return simulated ? (
    <span class="mark" title={words.assess.simulatedHint}>
      {words.assess.simulated}
    </span>
  ) : null;
}

export function PassedBadge({ passed }: { passed: 'passed' | 'failed' | 'open' }) {
  const { words } = useSpeech();
  const sign = { passed: '✓', failed: '✗', open: '?' }[passed];
  return (
    <span class={`verdict ${passed}`}>
      <span aria-hidden="true">{sign}</span> {words.verdicts[passed]}
    </span>
  );
}
