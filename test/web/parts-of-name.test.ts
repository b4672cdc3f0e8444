import { describe, expect, test } from 'vitest';
import { partsOfName } from '../../dashboards/web/src/plant/parts-of-name.ts';

describe('the end of a name, which stays where there is no room', () => {
  test.each([
    { name: 'imm-01', parts: ['', 'imm-01'], why: 'a short name is shown whole' },
    {
      name: 'column-01',
      parts: ['column', '-01'],
      why: 'what tells machines of a kind apart is the last part',
    },
    { name: 'stencil-printer-01', parts: ['stencil-printer', '-01'], why: 'of several parts, only the last' },
    { name: '三号注塑车间 12号', parts: ['三号注塑车间', ' 12号'], why: 'a space parts too' },
    {
      name: 'mill-turn-centre',
      parts: ['mill-turn-', 'centre'],
      why: 'a long last part is cut to a few signs',
    },
    {
      name: '注塑机二车间第十二号',
      parts: ['注塑机二', '车间第十二号'],
      why: 'without a separator, a few signs',
    },
    {
      name: `x${'🏭'.repeat(9)}`,
      parts: [`x${'🏭'.repeat(3)}`, '🏭'.repeat(6)],
      why: 'no sign is cut in two',
    },
  ])('$name: $why', ({ name, parts }) => {
    expect(partsOfName(name)).toEqual(parts);
    expect(partsOfName(name).join('')).toBe(name);
  });
});
