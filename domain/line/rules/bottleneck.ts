import { asOne, type LineRule } from '../rule.ts';

/** What the bottleneck loses the line loses: the theory of constraints. */
export const bottleneck: LineRule = {
  id: 'bottleneck',
  title: { zh: '瓶颈停机', en: 'Bottleneck' },
  why: {
    zh: '瓶颈设备停即为产线停；自瓶颈起，待料向上游、堵料向下游逐台追溯，直到因自身而停的设备。',
    en: 'The line stands while its bottleneck does. From there the way goes upstream where a machine is starved and downstream where it is blocked, to the machine that stopped by itself.',
  },
  source:
    'Own definition (docs/adr/0022), after the theory of constraints: an hour lost at the bottleneck is lost.',
  needsBottleneck: true,
  look({ standings, bottleneck: at }) {
    if (at === null) throw new RangeError('the rule "bottleneck" needs the bottleneck of the line');
    return asOne(standings, at);
  },
};
