import type { Name } from './names.ts';

/**
 * The clause in which ISO 22400-2:2014 (= GB/T 34044.2-2017) describes its KPIs, "Description of KPIs": read in the table of
 * contents of its public preview, which numbers nothing below, and not checked against the standard itself.
 */
export const CLAUSE_OF_KPIS = '6';

/** A KPI of ISO 22400-2: the id that it has here, or why there is no figure of it. */
export type StandardKpi = {
  readonly title: Name;
  /** In the symbols of the standard, as the published ontology of its elements writes it. */
  readonly formula: string;
} & ({ readonly kpi: string } | { readonly kpi: null; readonly why: Name });

const given = (kpi: string, en: string, zh: string, formula: string): StandardKpi => ({
  ...{ title: { zh, en }, formula, kpi },
});
const left = (en: string, zh: string, formula: string, why: Name): StandardKpi => ({
  ...{ title: { zh, en }, formula, kpi: null, why },
});

const NO_PEOPLE = {
  zh: '没有人员工时：设备不上报人员的出勤与作业时间',
  en: 'nobody tells when people work: machines know no attendance',
};
const NO_DIMENSIONS = {
  zh: '需要逐件的尺寸及其公差限：计数只分合格与不合格，量程是合理性界限而不是公差',
  en: 'needs dimensions of single pieces and their tolerances: counts tell good from reject, and a range is what is plausible, no tolerance',
};
const NO_MATERIAL = {
  zh: '没有物料消耗：上报的是件数、电量与状态，投料量未知',
  en: 'nobody tells what material was consumed: pieces, energy and states are',
};

/** The 34 KPIs of ISO 22400-2 by their names in the published ontology; Chinese names are ours. */
export const STANDARD_KPIS: readonly StandardKpi[] = [
  left('Worker efficiency', '人员效率', 'APWT / APAT', NO_PEOPLE),
  given('allocation-ratio', 'Allocation ratio', '分配率', 'Σ AUBT / AOET'),
  given('throughput-rate', 'Throughput rate', '生产量率', 'PQ / AOET'),
  given('allocation-efficiency', 'Allocation efficiency', '分配效率', 'AUBT / PBT'),
  given('utilisation-efficiency', 'Utilisation efficiency', '利用效率', 'APT / AUBT'),
  given('oee', 'OEE index', '设备综合效率', 'availability · effectiveness · quality ratio'),
  given('nee', 'NEE index', '净设备效率', '(AUPT / PBT) · effectiveness · quality ratio'),
  given('availability', 'Availability', '可用率', 'APT / PBT'),
  given('effectiveness', 'Effectiveness', '性能开动率', 'PRI · PQ / APT'),
  given('quality-ratio', 'Quality ratio', '合格率', 'GQ / PQ'),
  given('setup-ratio', 'Setup ratio', '设置率', 'AUST / AUPT'),
  given('technical-efficiency', 'Technical efficiency', '技术效率', 'APT / (APT + ADET)'),
  given('production-process-ratio', 'Production process ratio', '生产过程率', 'Σ APT / AOET'),
  left('Actual to planned scrap ratio', '实际与计划废品比', 'SQ / PSQ', {
    zh: '计划废品数属于整个订单，不属于一段时间：在 /orders 中随订单给出（scrapRatio）',
    en: 'planned scrap is of a whole order and no stretch of time: /orders gives it with the order (scrapRatio)',
  }),
  given('first-pass-yield', 'First pass yield', '一次合格率', 'GP / IP'),
  given('scrap-ratio', 'Scrap ratio', '废品率', 'SQ / PQ'),
  given('rework-ratio', 'Rework ratio', '返工率', 'RQ / PQ'),
  left('Fall off ratio', '减产率', 'SQ / PQ of the first operation', {
    zh: '分子与分母属于两台设备，而一个数字的账与摘要属于一个范围：用 /ledger?by=machine 中本机的 reject 除以产线首台的 produced',
    en: "its two counts are of two machines, and a figure's ledger and digest are of one scope: /ledger?by=machine has both, a machine's reject and the produced of the line's first",
  }),
  left('Machine capability index', '机器能力指数 Cm', '(USL − LSL) / 6 s', NO_DIMENSIONS),
  left(
    'Critical machine capability index',
    '临界机器能力指数 Cmk',
    'min(USL − x̄, x̄ − LSL) / 3 s',
    NO_DIMENSIONS,
  ),
  left('Process capability index', '过程能力指数 Cp', '(USL − LSL) / 6 σ', NO_DIMENSIONS),
  left(
    'Critical process capability index',
    '临界过程能力指数 Cpk',
    'min(USL − x̄, x̄ − LSL) / 3 σ',
    NO_DIMENSIONS,
  ),
  given('energy-per-piece', 'Comprehensive energy consumption', '单件综合能耗', 'E / PQ'),
  left('Inventory turns', '库存周转率', 'throughput / average inventory', {
    zh: '没有库存：盘点属于 ERP 或 WMS',
    en: 'nobody tells stocks: they are with ERP or warehouse',
  }),
  left('Finished goods ratio', '成品率', 'GQ / CM', NO_MATERIAL),
  left('Integrated goods ratio', '综合成品率', 'IGQ / CM', NO_MATERIAL),
  left('Production loss ratio', '生产损失率', 'PL / CM', NO_MATERIAL),
  left('Storage and transportation loss ratio', '储运损失率', 'STL / CM', NO_MATERIAL),
  left('Other loss ratio', '其他损失率', 'OL / CM', NO_MATERIAL),
  given('equipment-load-ratio', 'Equipment load ratio', '设备负荷率', 'PQ / EPC'),
  given('mtbf', 'Mean operating time between failures', '平均故障间隔时间', 'Σ TBF / FE'),
  given('mttf', 'Mean time to failure', '平均失效前时间', 'Σ TTF / FE'),
  given('mttr', 'Mean time to repair', '平均修复时间', 'Σ TTR / FE'),
  left('Corrective maintenance ratio', '纠正性维护率', 'CMT / (CMT + PMT)', {
    zh: '停着不等于在修：账里只有故障时间与计划停机，没有谁在何时维修。/reasons 按故障，以及按所报原因的计划停机分别求和',
    en: 'standing is not being repaired: the ledger has breakdowns and planned stops, and nobody tells when a fitter works. /reasons sums breakdowns, and planned stops by the reason that was given for them',
  }),
];
