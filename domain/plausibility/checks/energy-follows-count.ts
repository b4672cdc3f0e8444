import { type PlausibilityCheck, spanOfAll } from '../check.ts';
import type { CheckedHour } from '../hours.ts';

const thresholds = { hours: 24, share: 0.95, spread: 1.5, tolerance: 0.001 };

export const energyFollowsCount: PlausibilityCheck = {
  id: 'energy-follows-count',
  title: { zh: '电量恰为件数的倍数', en: 'Energy is a multiple of the count' },
  why: {
    zh: '各小时的电量与件数之比几乎分毫不差，而件数多少不一：真实的电表还有待机用电与波动，这样的电量像是由件数算出来的。',
    en: 'Hour by hour energy is the same multiple of the pieces, however many these were: a real meter has a base load and varies, and such energy looks worked out from the count.',
  },
  source:
    'own design; ISO 22400-2, energy per piece: it falls as output rises, by the share of the base load. Ours: within a thousandth of the usual ratio in 95 % of at least 24 hours with pieces, the most of them half as many again as the fewest',
  grade: 'B',
  thresholds,
  find({ hours }) {
    const made = hours.filter(({ pieces, energyWh }) => pieces > 0 && energyWh !== null);
    if (made.length < thresholds.hours) return [];
    const ratios = made.map(ratioOf).sort((a, b) => a - b);
    const usual = ratios[Math.floor(ratios.length / 2)] as number;
    const alike = made.filter((hour) => Math.abs(ratioOf(hour) - usual) <= thresholds.tolerance * usual);
    const pieces = alike.map((hour) => hour.pieces).sort((a, b) => a - b);
    // One hour of next to nothing is no spread: a tenth at either end is left out.
    const tenth = Math.floor(pieces.length / 10);
    const [few, many] = [pieces[tenth] as number, pieces[pieces.length - 1 - tenth] as number];
    const isMultiple =
      usual > 0 && alike.length >= thresholds.share * made.length && many >= thresholds.spread * few;
    if (!isMultiple) return [];
    return [
      { ...spanOfAll(alike), evidence: { whPerPiece: usual, hours: alike.length, ofHours: made.length } },
    ];
  },
};

const ratioOf = ({ pieces, energyWh }: CheckedHour): number => (energyWh as number) / pieces;
