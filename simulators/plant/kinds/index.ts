import type { MachineKind } from '../kind.ts';
import { cageFeeder } from './cage-feeder.ts';
import { cagePump } from './cage-pump.ts';
import { column } from './column.ts';
import { compressor } from './compressor.ts';
import { freezer } from './freezer.ts';
import { gantryCrane } from './gantry-crane.ts';
import { imm } from './imm.ts';
import { immFullLoad } from './imm-full-load.ts';
import { lathe } from './lathe.ts';
import { mill } from './mill.ts';
import { packer } from './packer.ts';
import { peeler } from './peeler.ts';
import { placer } from './placer.ts';
import { plateCutter } from './plate-cutter.ts';
import { reactor } from './reactor.ts';
import { reflowOven } from './reflow-oven.ts';
import { serviceVessel } from './service-vessel.ts';
import { stencilPrinter } from './stencil-printer.ts';
import { weldingCell } from './welding-cell.ts';

/** Every kind of machine, industry by industry. */
export const KINDS: readonly MachineKind[] = [
  imm,
  immFullLoad,
  lathe,
  mill,
  gantryCrane,
  plateCutter,
  weldingCell,
  reactor,
  column,
  compressor,
  peeler,
  freezer,
  packer,
  cageFeeder,
  cagePump,
  serviceVessel,
  stencilPrinter,
  placer,
  reflowOven,
];
