import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../../api/create-api.ts';
import { listen } from '../../api/listen.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { openRegisterSheets } from '../../exchange/in-thread.ts';
import { openRegistry, type Registry } from '../../registry/registry.ts';
import { reportHtml } from '../../report/report-html.ts';
import { HAIDA, openBureau } from '../analysis/assessment/bureau.ts';
import { DAY, MONDAY_8 } from '../analysis/plants.ts';
import { noteDesk } from '../api/note-desk.ts';
import { noNotifications } from '../api/note-notifications.ts';
import { noteStorage } from '../api/note-storage.ts';
import { OPEN } from '../api/start-api.ts';
import { pilot } from '../domain/assess/pilot.ts';

/** The day after the week in which the plant worked. */
export const NOW = MONDAY_8 + 8 * DAY;

const enterprise = (name: string): Pilot['enterprise'] => ({ name, creditCode: null });

/** Never heard in its life. */
const silent: Pilot = pilot({
  id: 'silent',
  enterprise: enterprise('静港船业（模拟）'),
  district: '普陀区',
  industry: 'ships',
  programme: 'future-factory',
  sites: ['acme/urumqi'],
  equipment: [],
});
/** Its sites are those of nobody. */
const nowhere: Pilot = pilot({
  id: 'nowhere',
  enterprise: enterprise('乌有石化（模拟）'),
  industry: 'petrochemicals',
  processType: 'process',
  programme: 'intelligent-factory',
  sites: ['nobody/nowhere'],
  equipment: [],
});

/** What people may type: markup, and more than any column is wide. */
export const HOSTILE = `<script>document.title='!'</script>${'很长的企业名称'.repeat(26)}`;
const hostile: Pilot = pilot({
  ...nowhere,
  id: 'hostile',
  enterprise: { name: HOSTILE, creditCode: '91330900MA2A0000XX' },
  district: `<b>${'岱山'.repeat(40)}</b>`,
  sites: ['nobody/elsewhere'],
  simulated: false,
});

export interface AssessService extends AsyncDisposable {
  readonly url: string;
  /** What it rests on. */
  readonly registry: Registry;
}

/** The built page and the API over a plant of which two machines are heard, and four pilots, one of which over-declares. */
export async function startAssessService({
  pilots = [HAIDA, silent, nowhere, hostile],
}: {
  readonly pilots?: readonly Pilot[];
} = {}): Promise<AssessService> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-page-'));
  const registry = openRegistry({ dir });
  const { desk, town } = await openBureau(registry, { pilots });
  const note = (): void => {};
  const app = createApi({
    analysis: town.analysis,
    desk: noteDesk(),
    assess: desk,
    notifications: noNotifications,
    storage: noteStorage,
    handover: registry.handoverNotes,
    sheets: openRegisterSheets(),
    printReport: reportHtml,
    tokens: OPEN,
    basePath: '/',
    pageDir: join(import.meta.dirname, '../../dashboards/web/dist'),
    version: 'test',
    log: { warn: note, error: note },
    now: () => NOW,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    registry,
    async [Symbol.asyncDispose]() {
      await server.close();
      await town.analysis[Symbol.asyncDispose]();
      registry.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
