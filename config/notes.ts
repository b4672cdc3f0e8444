import type { MappingRule } from '../domain/mapping/rule.ts';
import { prefixOf } from '../domain/path.ts';
import type { Plant } from '../domain/plant.ts';
import type { NotifySettings } from './notify.ts';
import { subscriptionsOf } from './rules/subscriptions.ts';
import { notesOnNames } from './undeclared-names.ts';

/** What is allowed, and yet probably not meant: for whoever starts or checks a configuration. */
export function notesOn(config: {
  readonly plant: Plant;
  readonly notify: {
    readonly channels: readonly unknown[];
    readonly rules: NotifySettings['rules'];
  };
  readonly rules: readonly Pick<MappingRule, 'topics' | 'qos' | 'format'>[];
  readonly mqtt: { readonly url?: string | undefined; readonly discover: readonly string[] };
}): string[] {
  const { plant, notify, mqtt } = config;
  const notes: string[] = [];
  const sites = new Set(plant.sites.map(({ path }) => path));
  for (const site of new Set(plant.machines.map(({ path }) => prefixOf(path, 'site')))) {
    if (sites.size > 0 && !sites.has(site)) {
      notes.push(
        `The site ${site} is not declared: its machines count as always scheduled, in UTC. Declare it under "sites:".`,
      );
    }
  }
  notes.push(...notesOnNames(config));
  const { filters, widened } = subscriptionsOf({ rules: config.rules, discover: mqtt.discover });
  for (const wide of mqtt.url === undefined ? [] : filters.filter(({ filter }) => widened.includes(filter))) {
    notes.push(
      `Topics of the rules overlap, and a broker may send such a message twice: "${wide.filter}" is subscribed instead, and what comes along is ignored.`,
    );
  }
  if (notify.channels.length > 0 && notify.rules.length === 0) {
    notes.push(
      'The section "notify:" has channels and no rules: nothing is watched. Write some under "rules:".',
    );
  }
  return notes;
}
