import { asOne, type LineRule } from '../rule.ts';

/** A line is what comes out of it: its last machine says whether it stands. */
export const firstStop: LineRule = {
  id: 'first-stop',
  title: { zh: '首停追溯', en: 'First stop' },
  why: {
    zh: '末台设备停即为产线停；自末台起，待料向上游、堵料向下游逐台追溯，直到因自身而停的设备。',
    en: 'The line stands while its last machine does. From there the way goes upstream where a machine is starved and downstream where it is blocked, to the machine that stopped by itself.',
  },
  source: 'Own definition (docs/adr/0022); blocked and starved as in PackML, ISA-TR88.00.02 (Suspended).',
  needsBottleneck: false,
  look: ({ standings }) => asOne(standings, standings.length - 1),
};
