import type { NotifyRule, NotifySettings } from '../config/notify.ts';
import { prefixOf } from '../domain/path.ts';
import type { Plant } from '../domain/plant.ts';
import type { Channel } from '../notify/channel.ts';
import type { RuleEntry } from '../notify/rule.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The channels of a configuration, their secrets revealed to who sends. */
export const channelsOf = ({ channels }: NotifySettings): readonly Channel[] =>
  channels.map(({ id, kind, url, secret, language, minSeverity, quietHours, zone, criticalPasses }) => ({
    ...{ id, kind, language, minSeverity, quietHours, criticalPasses },
    url: url.reveal(),
    secret: secret?.reveal() ?? null,
    quietZone: zone ?? null,
  }));

export const entriesOf = ({ rules }: NotifySettings): readonly RuleEntry[] => rules.map(entryOf);

/** An entry with all that its rule can be told; of the others' settings it has none. */
function entryOf(rule: NotifyRule): RuleEntry {
  const { id, forMinutes, clearMinutes, repeatMinutes, severity, tellResolved, channels } = rule;
  return {
    ...{ id, rule: rule.rule, severity, tellResolved, channels },
    scope: 'scope' in rule ? rule.scope : '',
    forMs: forMinutes * MINUTE_MS,
    clearMs: clearMinutes * MINUTE_MS,
    repeatMs: repeatMinutes === null ? null : repeatMinutes * MINUTE_MS,
    states: 'states' in rule ? rule.states : [],
    share: 'share' in rule ? rule.share : 1,
    fullWithinMs: 'fullWithinMinutes' in rule ? rule.fullWithinMinutes * MINUTE_MS : 0,
    perMinute: 'perMinute' in rule ? rule.perMinute : 0,
    afterMs: 'afterMinutes' in rule ? rule.afterMinutes * MINUTE_MS : 0,
    withinMs: 'withinDays' in rule ? rule.withinDays * DAY_MS : 0,
  };
}

/** By whose clock the people of a subject live: that of its site; of what belongs to no site, the first one's. */
export function zonesOf({ sites }: Plant): (subject: string) => string {
  const zones = new Map(sites.map(({ path, zone }) => [path, zone]));
  const common = sites[0]?.zone ?? 'UTC';
  return (subject) => zones.get(prefixOf(subject, 'site')) ?? common;
}
