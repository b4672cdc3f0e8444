import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { covers } from '../../domain/mapping/filters.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import { type FileProblem, problemsOf, readYaml, type YamlKind, type YamlSource } from '../yaml-source.ts';
import { readyFile, readyNames, withParameters } from './ready.ts';
import { ruleOf } from './rule-of.ts';
import { type RuleFile, type ruleEntry, ruleSchema, rulesFileSchema } from './schema.ts';

const RULES_FILE: YamlKind = {
  ifMissing: 'correct the path, which is relative to the configuration file',
  firstKey: 'rules',
  nullable: [],
};

/** What `explain` names for topics that need no rule. */
export const BUILT_IN: readonly string[] = ['default-topic', 'sparkplug'];

type Entry = z.output<typeof ruleEntry>;

/** Something wrong: in the configuration itself, or, said with its place, in a file that it names. */
export interface RulesProblem extends FileProblem {
  /** `file:line` where another file is wrong. */
  readonly place?: string;
}

/**
 * The rules of a configuration, in their order, those of files and ready files in the place of the entry that names them;
 * and what is wrong with them.
 */
export function loadRules({
  entries,
  file,
  placeOf,
}: {
  readonly entries: readonly Entry[];
  /** The configuration file, which relative paths begin at. */
  readonly file: string | undefined;
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}): { readonly rules: readonly MappingRule[]; readonly problems: readonly RulesProblem[] } {
  const rules: { rule: MappingRule; path: readonly PropertyKey[]; place?: string }[] = [];
  const problems: RulesProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = ['rules', index];
    if ('use' in entry) addReady(entry, path);
    else if ('file' in entry) addFile(entry.file, path);
    else add(entry, path, placeOf(path));
  }
  for (const [index, { rule, path, place }] of rules.entries()) {
    const earlier = rules.slice(0, index).map((one) => one.rule);
    const message = collision(rule, earlier);
    if (message) problems.push({ path, message, ...(place ? { place } : {}) });
  }
  return { rules: rules.map(({ rule }) => rule), problems };

  function add(written: RuleFile, path: readonly PropertyKey[], place: string): void {
    const made = ruleOf(written, place);
    rules.push({ rule: made.rule, path });
    for (const problem of made.problems) problems.push({ ...problem, path: [...path, ...problem.path] });
  }

  function addFile(named: string, path: readonly PropertyKey[]): void {
    let source: YamlSource;
    try {
      source = readYaml(resolve(file === undefined ? '.' : dirname(file), named), RULES_FILE);
    } catch (error) {
      problems.push({ path: [...path, 'file'], message: (error as Error).message });
      return;
    }
    const parsed = rulesFileSchema.safeParse(source.values);
    const inFile = (problem: FileProblem): void =>
      void problems.push({ ...problem, place: source.lineOf(problem.path) });
    if (!parsed.success) {
      problemsOf(parsed.error).forEach(inFile);
      return;
    }
    for (const [nth, written] of parsed.data.rules.entries()) {
      const here = ['rules', nth];
      const made = ruleOf(written, source.lineOf(here));
      rules.push({ rule: made.rule, path: here, place: source.lineOf(here) });
      for (const problem of made.problems) inFile({ ...problem, path: [...here, ...problem.path] });
    }
  }

  function addReady(
    { use, with: given }: Extract<Entry, { use: string }>,
    path: readonly PropertyKey[],
  ): void {
    const ready = readyFile(use);
    if (!ready) {
      const message = `there are no ready rules "${use}"; known are: ${readyNames().join(', ')}`;
      problems.push({ path: [...path, 'use'], message });
      return;
    }
    const filled = withParameters(ready, given);
    if ('fault' in filled) {
      const key = filled.parameter in given ? [filled.parameter] : [];
      problems.push({ path: [...path, 'with', ...key], message: filled.fault });
      return;
    }
    const used = rules.filter(({ rule }) => rule.place.startsWith(`ready rules ${use} `)).length > 0;
    for (const [nth, written] of filled.rules.entries()) {
      const parsed = ruleSchema.safeParse(written);
      // A parameter can be of a kind that the rule can't have, such as a topic with a wildcard within a level.
      const made = parsed.success ? ruleOf(parsed.data, `ready rules ${use} (${placeOf(path)})`) : null;
      for (const problem of made?.problems ?? problemsOf((parsed as { error: z.ZodError }).error)) {
        problems.push({
          path: [...path, 'with'],
          message: `${problem.path.map(String).join('.')}: ${problem.message}`,
        });
      }
      if (!made) continue;
      const id = filled.rules.length === 1 ? use : `${use}-${nth + 1}`;
      const rule = { ...made.rule, id: used ? `${id}@${String(path.at(-1))}` : id };
      rules.push({ rule, path });
    }
  }
}

/** Why a rule can't stand behind those before it, or `undefined`. */
function collision(rule: MappingRule, earlier: readonly MappingRule[]): string | undefined {
  if (BUILT_IN.includes(rule.id)) {
    return `"${rule.id}" is what the platform's own topics go by; give this rule another id`;
  }
  if (earlier.some(({ id }) => id === rule.id)) {
    return `two rules are called "${rule.id}"; give this one another id`;
  }
  const hiding = earlier.find(
    ({ topics }) =>
      rule.topics.length > 0 &&
      rule.topics.every((own) => topics.some((other) => covers(other.filter, own.filter))),
  );
  return (
    hiding &&
    `the rule "${hiding.id}" before it takes all its topics, so that it never counts; move it before that one, or remove it`
  );
}
