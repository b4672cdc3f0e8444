import type { MachineKind } from '../kind.ts';
import { imm } from './imm.ts';
import { lathe } from './lathe.ts';
import { mill } from './mill.ts';

/** Every kind of machine, in reading order. */
export const KINDS: readonly MachineKind[] = [imm, lathe, mill];
