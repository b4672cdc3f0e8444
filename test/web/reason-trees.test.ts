import { expect, test } from 'vitest';
import { createReasonTrees } from '../../dashboards/web/src/plant/reason-trees.ts';
import type { ReasonTree } from '../../dashboards/web/src/stops/answers.ts';
import { reasonNameIn } from '../../domain/reason-names.ts';

const tree = (zh: string): ReasonTree => ({
  groups: [
    {
      ...{ id: 'g', zh: '组', en: 'Group', colour: null },
      reasons: [{ id: 'hydraulics', zh, en: 'Hydraulics', states: null, retired: false }],
    },
  ],
});
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test('a site’s reasons are asked for once by however many look, and again when they are old', async () => {
  const asked: string[] = [];
  let time = 0;
  let drawn = 0;
  const trees = createReasonTrees({
    async fetchTree(site) {
      asked.push(site);
      return tree(`液压 ${asked.length}`);
    },
    now: () => time,
  });
  const stop = trees.watch(() => drawn++);
  expect(trees.of('acme/zhoushan/moulding/line1/imm-01')).toBeUndefined();
  trees.of('acme/zhoushan/moulding');
  await settled();
  expect([asked, drawn]).toEqual([['acme/zhoushan'], 1]);
  const known = trees.of('acme/zhoushan');
  expect(reasonNameIn(known, 'hydraulics', 'zh')).toBe('液压 1');
  expect(reasonNameIn(known, 'hydraulics', 'en')).toBe('Hydraulics');
  time = 300_000;
  expect(trees.of('acme/zhoushan')).toBe(known);
  stop();
  await settled();
  expect(reasonNameIn(trees.of('acme/zhoushan'), 'hydraulics', 'zh')).toBe('液压 2');
  expect([asked.length, drawn]).toEqual([2, 1]);
});

test('what lies in no site has no reasons of its own; a failed question is tried again later', async () => {
  const asked: string[] = [];
  let time = 0;
  const trees = createReasonTrees({
    async fetchTree(site) {
      asked.push(site);
      if (site === 'acme/away') throw new Error('no answer');
      return null;
    },
    now: () => time,
  });
  for (const path of ['', 'acme', '-/-/x', 'acme/away']) expect(trees.of(path)).toBeUndefined();
  await settled();
  expect(asked).toEqual(['-/-', 'acme/away']);
  for (const path of ['-/-/x', 'acme/away']) trees.of(path);
  expect(asked).toHaveLength(2);
  time = 15_000;
  for (const path of ['-/-/x', 'acme/away']) trees.of(path);
  expect(asked).toEqual(['-/-', 'acme/away', 'acme/away']);
});

test('a reason that the site’s tree lacks is named as it is commonly known, and else stays as it was heard', () => {
  expect(reasonNameIn(tree('液压'), 'E220-pick-error', 'zh')).toBe('E220 取料错误');
  expect(reasonNameIn(undefined, 'hydraulics', 'zh')).toBe('hydraulics');
});
