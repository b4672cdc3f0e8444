import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../analysis/members.ts';
import { partition } from '../../analysis/partition.ts';
import { inScope } from '../../domain/path.ts';
import { machineOf, shanghai } from './plants.ts';

describe('parts', () => {
  it('keep every machine once, in order, within the limit, and inside their scopes', () => {
    const name = fc.constantFrom('a', 'a-b', 'b', 'c');
    const path = fc.tuple(name, name, name, name, name).map((names) => names.join('/'));
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 20 }),
        (paths, limit, cells) => {
          const members: readonly Member[] = paths
            .sort()
            .map((one) => ({ machine: machineOf(one), site: shanghai }));
          const parts = [...partition({ members, scope: '', cellsOf: () => cells, limit })];
          expect(parts.flatMap((part) => part.members)).toEqual(members);
          for (const part of parts) {
            expect(part.members.length * cells).toBeLessThanOrEqual(Math.max(limit, cells));
            for (const { machine } of part.members) {
              expect(part.scopes.filter((scope) => inScope(machine.path, scope))).toHaveLength(1);
            }
          }
        },
      ),
    );
  });
});
