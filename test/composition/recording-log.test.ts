import { expect, test } from 'vitest';
import { recordingLog, removalLog } from '../../composition/recording-log.ts';

test('a long recording is told when it begins, at each tenth and at its end; a short one by nobody', () => {
  const told: unknown[] = [];
  const progress = recordingLog((level, event, fields) => void told.push([level, event, fields?.cells]));
  for (let cells = 0; cells <= 100_000; cells += 5_000) progress({ cells, ofCells: 100_000 });
  expect(told).toEqual(
    Array.from({ length: 11 }, (_, tenth) => ['info', 'ledger-recording', tenth * 10_000]),
  );
  progress({ cells: 0, ofCells: 100_000 });
  expect(told).toHaveLength(12);
  progress({ cells: 0, ofCells: 40_000 });
  progress({ cells: 40_000, ofCells: 40_000 });
  expect(told).toHaveLength(12);
});

test('a removal of many machines is told at each tenth and at its end, also the next one; one of a few by nobody', () => {
  const told: unknown[] = [];
  const progress = removalLog((level, event, fields) => void told.push([level, event, fields?.machines]));
  for (const _ of ['one day', 'the next'])
    for (let machines = 0; machines <= 200; machines += 5) progress({ machines, ofMachines: 200 });
  for (let machines = 0; machines <= 8; machines++) progress({ machines, ofMachines: 8 });
  const once = Array.from({ length: 10 }, (_, tenth) => ['info', 'raw-data-removing', (tenth + 1) * 20]);
  expect(told).toEqual([...once, ...once]);
});
