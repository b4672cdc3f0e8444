import type { SuggestionsAnswer } from '../api/ingest-desk.ts';

const SHOWN = 5;
const SAMPLE_LENGTH = 200;

const HEAD = `# Rules as kaidong.yaml takes them, in the order in which they are asked. Write the levels of your plant for "-", leave out
# what you don't want, and add them under \`rules:\`; then: kaidong check-config --config kaidong.yaml, and kaidong reload.
rules:`;

/** The proposals as one piece of a configuration, with what was seen and what would come of it as comments. */
export function suggestedRules({ suggestions, others }: SuggestionsAnswer): string {
  const parts = suggestions.map(
    ({ topics, topicCount, messages, mapped, sample, yaml, reason, observations }) =>
      [
        comment(`${topics}: ${messages} messages of ${topicCount} topics; the rule reads ${mapped} of them`),
        ...(sample ? [comment(`${sample.topic}  ${sample.payload.slice(0, SAMPLE_LENGTH)}`)] : []),
        ...(reason ? [comment(reason.en)] : []),
        ...observations
          .slice(0, SHOWN)
          .map(({ machine, signal, value }) => comment(`  → ${machine}  ${signal} = ${String(value)}`)),
        yaml?.replace(/^rules:\n/, '') ??
          '# no rule can be told from the examples; see the refusals of kaidong explain\n',
      ].join('\n'),
  );
  const head = suggestions.some(({ yaml }) => yaml !== null) ? [HEAD] : [];
  const more = others > 0 ? [`# and ${others} messages of further topics`] : [];
  return [...head, ...parts, ...more].join('\n');
}

/** What machines send may have line breaks, which would end the comment. */
const comment = (text: string): string => `# ${text.replace(/[\r\n]+/g, '\\n')}`;
