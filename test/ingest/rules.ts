import { ruleOf } from '../../config/rules/rule-of.ts';
import { ruleSchema } from '../../config/rules/schema.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import { type Mapping, NO_MAPPING } from '../../ingest/route.ts';

/** Rules as they are written in a configuration; throws where one is wrong. */
export const rulesOf = (written: readonly object[]): readonly MappingRule[] =>
  written.map((entry, index) => {
    const { rule, problems } = ruleOf(ruleSchema.parse(entry), `rules.yaml:${index + 1}`);
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return rule;
  });

export const mappingOf = (written: readonly object[], more: Partial<Mapping> = {}): Mapping => ({
  ...NO_MAPPING,
  rules: rulesOf(written),
  ...more,
});
