import { readFileSync, writeFileSync } from 'node:fs';
import { createPilotsDesk, type PilotsDesk } from '../../analysis/assessment/pilots-desk.ts';
import { AssessmentRefused } from '../../analysis/assessment/port.ts';
import { loadPilots } from '../../config/pilots/load.ts';
import { openRegisterSheets, type RegisterSheets } from '../../exchange/in-thread.ts';
import { openRegistry } from '../../registry/registry.ts';
import { type Command, type ExitCode, type Invocation, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';
import { printRemarks } from '../remarks.ts';

interface Register {
  readonly desk: PilotsDesk;
  readonly sheets: RegisterSheets;
  remove(id: string): boolean;
}

export const register: Command = {
  id: 'register',
  summary:
    'The register of pilots: lists it, and takes it in and out as a spreadsheet, while the platform runs or not. `check` says what `import` would, and saves nothing.',
  positionals: '<list|check FILE|import FILE|export FILE|template FILE|remove ID>',
  options: {
    config: CONFIG_OPTION,
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(invocation) {
    const [action = '', subject, ...more] = invocation.positionals;
    const act = ACTIONS[action];
    if (!act) throw new UsageError(`register: say ${Object.keys(ACTIONS).join(', ')}, not "${action}"`);
    if (act.needs === null ? subject !== undefined : subject === undefined || more.length > 0) {
      throw new UsageError(
        `register ${action} ${act.needs === null ? 'takes no name' : `needs one ${act.needs}`}`,
      );
    }
    const { data, pilots } = configOf(invocation);
    using registry = openRegistry({ dir: data.dir });
    const desk = createPilotsDesk({ shelf: registry.pilots, files: loadPilots(pilots.folders) });
    for (const { message } of desk.conflicts()) invocation.report(`note: ${message.en}`);
    const open = { desk, sheets: openRegisterSheets(), remove: registry.pilots.remove };
    return await act.run(open, subject ?? '', invocation);
  },
};

const ACTIONS: Readonly<
  Record<
    string,
    {
      readonly needs: 'file' | 'id' | null;
      run(register: Register, subject: string, invocation: Invocation): Promise<ExitCode>;
    }
  >
> = {
  list: { needs: null, run: list },
  check: { needs: 'file', run: (register, file, invocation) => take(register, file, invocation, false) },
  import: { needs: 'file', run: (register, file, invocation) => take(register, file, invocation, true) },
  export: {
    needs: 'file',
    run: async ({ desk, sheets }, file, invocation) => {
      const pilots = desk.pilots();
      writeFileSync(file, await sheets.write(pilots));
      invocation.print(`${pilots.length} pilots written to ${file}`);
      return 0;
    },
  },
  template: {
    needs: 'file',
    run: async ({ sheets }, file, invocation) => {
      writeFileSync(file, await sheets.write([]));
      invocation.print(`template written to ${file}`);
      return 0;
    },
  },
  remove: { needs: 'id', run: remove },
};

async function list({ desk }: Register, _: string, invocation: Invocation): Promise<ExitCode> {
  for (const pilot of desk.pilots()) {
    const { id, from, enterprise, district, industry, programme, equipment, sites } = pilot;
    invocation.print(
      invocation.values.json === true
        ? JSON.stringify({
            ...{ id, from, name: enterprise.name, district, industry, programme, sites },
            equipment: equipment.length,
          })
        : `${id}  ${enterprise.name}  ${district}  ${programme}  ${equipment.length} pieces of equipment${from === 'file' ? '  (file)' : ''}`,
    );
  }
  return 0;
}

async function take(
  { desk, sheets }: Register,
  file: string,
  invocation: Invocation,
  save: boolean,
): Promise<ExitCode> {
  const { pilots, rows, ...remarks } = await sheets.read(contentOf(file), desk.pilots());
  const good = remarks.errors.length === 0;
  const saved = good && save;
  if (saved) desk.savePilots(pilots);
  if (invocation.values.json === true) invocation.print(JSON.stringify({ ...rows, saved, ...remarks }));
  else {
    printRemarks(remarks, invocation);
    const counted = `${rows.pilots} pilots, ${rows.equipment} equipment, ${rows.processes} processes, ${rows.declared} declared figures, ${rows.answers} answers`;
    if (good) invocation.print(`${saved ? 'imported' : 'ok'}: ${counted}`);
    else invocation.report(`${file}: ${save ? 'nothing was imported' : 'it would not be imported'}`);
  }
  return good ? 0 : 1;
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message;
    throw new Error(`${file}: ${reason}; name an .xlsx workbook or a .csv list of equipment`);
  }
}

async function remove({ desk, remove }: Register, id: string, invocation: Invocation): Promise<ExitCode> {
  if (desk.pilot(id).from === 'file') {
    throw new AssessmentRefused(
      'pilot-from-file',
      'id',
      `The pilot "${id}" is declared in a file; remove the file.`,
    );
  }
  remove(id);
  invocation.print(`removed ${id}; its assessments stay`);
  return 0;
}
