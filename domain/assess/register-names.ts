import type { Bilingual, Industry, ProcessType, Programme } from './register.ts';

export const INDUSTRY_NAMES: Readonly<Record<Industry, Bilingual>> = {
  'plastics-screws': { zh: '塑机螺杆', en: 'plastics machinery and screws' },
  ships: { zh: '船舶', en: 'ships' },
  petrochemicals: { zh: '石化', en: 'petrochemicals' },
  seafood: { zh: '水产加工', en: 'seafood' },
  'ocean-farming': { zh: '海洋养殖', en: 'ocean farming' },
  electronics: { zh: '电子', en: 'electronics' },
  other: { zh: '其他', en: 'other' },
};

export const PROGRAMME_NAMES: Readonly<Record<Programme, Bilingual>> = {
  'digital-workshop': { zh: '数字化车间', en: 'digital workshop' },
  'intelligent-factory': { zh: '智能工厂', en: 'intelligent factory' },
  'future-factory': { zh: '未来工厂', en: 'future factory' },
};

export const PROCESS_TYPE_NAMES: Readonly<Record<ProcessType, Bilingual>> = {
  discrete: { zh: '离散型', en: 'discrete' },
  process: { zh: '流程型', en: 'process' },
};
