import type { LineRule } from '../rule.ts';

/** Where machines work beside each other, the line stands only when nothing of it runs. */
export const allStopped: LineRule = {
  id: 'all-stopped',
  title: { zh: '全线停机', en: 'All stopped' },
  why: {
    zh: '没有一台设备运行时产线才算停；从停得最久的设备开始追溯原因。',
    en: 'The line stands while none of its machines runs. The way to the cause begins at the machine that has stood longest.',
  },
  source: 'Own definition (docs/adr/0022), for lines whose machines work beside each other.',
  needsBottleneck: false,
  look({ standings, since }) {
    const running = standings.indexOf('running');
    if (running >= 0) return { standing: 'running', at: running };
    const unknown = standings.indexOf('unknown');
    if (unknown >= 0) return { standing: 'unknown', at: unknown };
    let at = -1;
    for (const [place, standing] of standings.entries()) {
      const before = since[at];
      if (standing === 'stopped' && (before === undefined || before > (since[place] as number))) at = place;
    }
    return at < 0 ? { standing: 'outside', at: standings.length - 1 } : { standing: 'stopped', at };
  },
};
