import type { MachinePath } from '../path.ts';

/** What is to be read in two languages; Chinese first. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export const INDUSTRIES = [
  'plastics-screws',
  'ships',
  'petrochemicals',
  'seafood',
  'ocean-farming',
  'electronics',
  'other',
] as const;
export type Industry = (typeof INDUSTRIES)[number];

/** What a pilot applies for: 数字化车间, 智能工厂, 未来工厂; lowest first. */
export const PROGRAMMES = ['digital-workshop', 'intelligent-factory', 'future-factory'] as const;
export type Programme = (typeof PROGRAMMES)[number];

/** Whether pieces or a flow is made: question banks ask the two differently. */
export const PROCESS_TYPES = ['discrete', 'process'] as const;
export type ProcessType = (typeof PROCESS_TYPES)[number];

/** `YYYY-MM-DD`. */
export type CalendarDate = string;

/** A piece of equipment as registered, whether or not it is heard. */
export interface Equipment {
  readonly id: string;
  readonly name: string;
  /** Where its telemetry comes from; `null`: it has none. */
  readonly machine: MachinePath | null;
  /** Id of the process it belongs to. */
  readonly process: string | null;
  readonly key: boolean;
  readonly numericallyControlled: boolean;
  readonly digital: boolean;
  readonly shouldBeNetworked: boolean;
}
export const EQUIPMENT_FLAGS = ['key', 'numericallyControlled', 'digital', 'shouldBeNetworked'] as const;
export type EquipmentFlag = (typeof EQUIPMENT_FLAGS)[number];

/** A production process (工序). */
export interface Process {
  readonly id: string;
  readonly name: string;
  readonly key: boolean;
  readonly numericallyControlled: boolean;
}
export const PROCESS_FLAGS = ['key', 'numericallyControlled'] as const;
export type ProcessFlag = (typeof PROCESS_FLAGS)[number];

/** A figure that the enterprise states. */
export interface DeclaredFigure {
  /** Id of a measure or of a benefit (`measures/`, `benefits/`). */
  readonly figure: string;
  /** The state before the project, or the present one. */
  readonly role: 'baseline' | 'current';
  /** In the figure's own unit; ratios are 0 to 1, not per cent. */
  readonly value: number;
  readonly unit: string;
  readonly date: CalendarDate;
  /** Name or number of the document that states it. */
  readonly document: string;
  /** The days the figure is about, both inclusive; absent: not said. */
  readonly period?: { readonly from: CalendarDate; readonly to: CalendarDate };
}

/** The enterprise's own answer to a rubric's question (企业自评). */
export interface DeclaredAnswer {
  readonly rubric: string;
  readonly indicator: string;
  readonly option: string;
  readonly date: CalendarDate;
  readonly document: string;
}

/** A factory in the programme, as the register holds it. */
export interface Pilot {
  /** Short name in addresses and files: lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly enterprise: {
    readonly name: string;
    /** 统一社会信用代码, upper case without spaces; `null`: not known yet. */
    readonly creditCode: string | null;
  };
  readonly district: string;
  readonly industry: Industry;
  readonly processType: ProcessType;
  /** The level applied for. */
  readonly programme: Programme;
  /** Sites of the plant (`enterprise/site`) that belong to the pilot. */
  readonly sites: readonly string[];
  /** The year before the project. */
  readonly baselineYear: number | null;
  /** Its telemetry is simulated: said on every page and report. */
  readonly simulated: boolean;
  readonly equipment: readonly Equipment[];
  readonly processes: readonly Process[];
  readonly declared: readonly DeclaredFigure[];
  readonly answers: readonly DeclaredAnswer[];
}
