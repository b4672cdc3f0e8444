import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { Selector } from '../../domain/mapping/selector.ts';
import { isOfTopic } from '../../domain/mapping/template.ts';
import type { FileProblem } from '../yaml-source.ts';
import { membersOf } from './members-of.ts';
import { type Problem, selectorAt, templatesOf } from './places.ts';
import type { RuleFile } from './schema.ts';
import { signalOf } from './signal-of.ts';
import { timeOf } from './time-of.ts';
import { levelNames, machineProblems, topicsOf } from './topics-of.ts';

const MACHINE_OF_LINE = '{/tags/enterprise|-}/{/tags/site|-}/{/tags/area|-}/{/tags/line|-}/{/tags/machine}';

/** A rule as it is written, in the domain's words; what is wrong with it, by place. */
export function ruleOf(
  file: RuleFile,
  place: string,
): { readonly rule: MappingRule; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = [];
  const problem: Problem = (path, message) => void problems.push({ path, message });
  const isLine = file.format === 'line-protocol';
  const topics = topicsOf(file, problem);
  const template = templatesOf(levelNames(topics), problem);

  if (file.machine === undefined && !isLine)
    problem(
      ['machine'],
      'the rule says of no machine; write enterprise/site/area/line/machine, with {level} and {/pointer} where it varies',
    );
  const machine = template(file.machine ?? MACHINE_OF_LINE, ['machine']);
  if (file.machine !== undefined) machineProblems(file.machine, machine, topics, problem);
  const source = file.source === undefined ? null : template(file.source, ['source']);
  if (source && !isOfTopic(source))
    problem(
      ['source'],
      'only the topic can say whose books a message enters, before anyone looks into it; use {level}',
    );
  if (file.each !== undefined && file.format !== 'json' && file.format !== 'sparkplug')
    problem(['each'], `each reads the elements of JSON; a payload of ${file.format} has none`);
  if (file.precision !== undefined && !isLine)
    problem(['precision'], 'only line protocol has a precision; write time: { at: …, format: ns }');

  const signals = Object.entries(file.signals ?? {}).map(([name, entry]) =>
    signalOf(name, entry, { template, problem, format: file.format }),
  );
  const members = membersOf(file, isLine && signals.length === 0, template, problem);
  if (file.format === 'sparkplug') {
    if (!isOfTopic(machine)) problem(['machine'], 'only the topic says which machine it is; use its levels');
    for (const key of ['each', 'time', 'members', 'source'] as const) {
      if (file[key] !== undefined)
        problem(
          [key],
          'Sparkplug says this itself; a rule says only the machine, and signals by the names of metrics',
        );
    }
  } else if (signals.length === 0 && !members)
    problem(
      ['signals'],
      'the rule names no value; write signals: { name: /pointer }, or members: {} for all',
    );
  return {
    rule: {
      id: file.id ?? topics[0]?.text ?? '',
      place,
      topics,
      format: file.format,
      source,
      machine,
      each: eachOf(file, problem),
      time: timeOf(file, problem),
      signals,
      members,
      precision: file.precision ?? 'ns',
      retained: file.retained,
      empty: file.empty,
      qos: file.qos,
    },
    problems,
  };
}

function eachOf({ each }: RuleFile, problem: Problem): readonly Selector[] | null {
  if (each === undefined) return null;
  if (typeof each === 'string') return [selectorAt(each, ['each'], problem)];
  return each.map((text, index) => selectorAt(text, ['each', index], problem));
}
