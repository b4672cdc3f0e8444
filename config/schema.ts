import { z } from 'zod';
import { ASSESSMENT_SETTINGS } from '../domain/assess/evidence.ts';
import { FAILURE_DIVISORS } from '../domain/mean-of-failures.ts';
import { namedCalendar } from './calendar-schema.ts';
import { brokerUrl, clientTls } from './client-schema.ts';
import { lines } from './lines-schema.ts';
import { notify } from './notify-schema.ts';
import { machine, scopedProduct, site } from './plant-schema.ts';
import { byteSize, days, instant, share, text } from './quantities.ts';
import { ruleEntry } from './rules/schema.ts';
import { sparkplug } from './sparkplug-schema.ts';
import { scopedState } from './state-schema.ts';
import { scopedValueRule } from './value-schema.ts';
import { vocabulary } from './vocabulary-schema.ts';
import { WORKER_NAME, WORKER_NAME_RULE } from './worker.ts';

const isTopicFilter = (filter: string): boolean =>
  !filter.startsWith('$') && /^(?:(?:\+|[^+#/]*)\/)*(?:#|\+|[^+#/]*)$/.test(filter);

const port = z.number().int().min(0).max(65_535);
const seconds = z.number().positive();

/** Server side: certificate and key to listen with TLS; `ca` asks clients for certificates. */
const serverTls = z.strictObject({
  cert: text.optional().describe('PEM file of the certificate chain'),
  key: text.optional().describe('PEM file of the private key'),
  ca: text.optional().describe('PEM file of the authority that client certificates must come from'),
});

/** How the clocks of sources are watched and put right. */
const clocks = z.strictObject({
  toleranceMs: z
    .number()
    .int()
    .positive()
    .default(5000)
    .describe("a source's clock that differs from ours by more is flagged"),
  corrections: z
    .array(
      z
        .strictObject({
          source: text.regex(
            /^(?:(?:[^+#/]*|\+)\/)*(?:[^+#/]+|\+|#)$/,
            'write a source, with "+" for one whole level and "#" at the end for all below',
          ),
          aheadMs: z
            .number()
            .int()
            .refine((value) => value !== 0, 'nothing is corrected by 0; leave the correction out')
            .describe("how far the source's clock is ahead of the true time; negative: behind"),
          since: instant
            .optional()
            .describe("by the source's clock: what it says from here on is corrected; default: all"),
          until: instant
            .optional()
            .describe("by the source's clock: what it says from here on is not corrected any more"),
        })
        .refine(
          ({ since, until }) => since === undefined || until === undefined || since < until,
          'until must be after since',
        ),
    )
    .default([])
    .describe('of several corrections of one source the first that holds at an instant counts'),
});

/** How long something is kept; `null`: for good. */
const keptDays = (usual: number | null) => days('null to keep it for good').nullable().default(usual);

/** The whole of `kaidong.yaml`. Every key also as an environment variable `KAIDONG__SECTION__KEY`. */
export const configSchema = z.strictObject({
  sites: z.array(site).default([]).describe('plants with their zone, production day, shifts and breaks'),
  calendars: z
    .array(namedCalendar)
    .default([])
    .describe(
      'calendars by name, for sites, parts of sites and machines: shifts, rotation, holidays, versions',
    ),
  machines: z
    .array(machine)
    .default([])
    .describe('machines with their ideal cycles and limits; those that are not declared have defaults'),
  lines,
  products: z
    .array(scopedProduct)
    .default([])
    .describe('ideal cycles of products, for all machines of a scope, from a day on'),
  kpis: z
    .strictObject({
      failureDivisor: z
        .enum(FAILURE_DIVISORS)
        .default('failures')
        .describe('what MTBF, MTTF and MTTR divide by: the failures (FE), or one more'),
    })
    .prefault({}),
  states: z
    .array(scopedState)
    .default([])
    .describe('how the machines of a scope tell their state, where nothing is said of one itself'),
  signals: z
    .array(scopedValueRule)
    .default([])
    .describe('units, ranges, dead bands and the like of signals, for the machines of a scope'),
  vocabularies: z
    .array(vocabulary)
    .default([])
    .describe('your own state words and codes, beside the vocabularies that are shipped'),
  rules: z
    .array(ruleEntry)
    .default([])
    .describe(
      'how topics that are not our own become observations: a rule, { use: NAME } for ready ones, or { file: PATH }',
    ),
  http: z
    .strictObject({
      host: text
        .default('127.0.0.1')
        .describe('where the page and the API listen; off loopback only with a token'),
      port: port.optional().describe('default 8080, or the next free one; 0: any free one'),
      basePath: z
        .string()
        .startsWith('/')
        .default('/')
        .describe('what the addresses of page and API begin with, e.g. behind a proxy'),
      token: text.optional().describe('a bearer token beside those of `kaidong token create`'),
      tls: serverTls.prefault({}),
    })
    .prefault({}),
  broker: z
    .strictObject({
      host: text
        .default('127.0.0.1')
        .describe('where machines publish; off loopback only with username and password'),
      port: port.optional().describe('default 1883, or the next free one; 0: any free one'),
      webSocketPort: port
        .optional()
        .describe('MQTT over WebSocket too, over TLS where broker.tls is set; absent: none; 0: any free one'),
      username: text.optional().describe('asked of publishers; absent: nobody is asked'),
      password: text.optional().describe('asked with username'),
      tls: serverTls.prefault({}),
    })
    .prefault({})
    .describe('the embedded broker'),
  mqtt: z
    .strictObject({
      url: brokerUrl.optional().describe('an outside broker instead of the embedded one'),
      clientId: text
        .max(128)
        .default('kaidong')
        .describe('names our session at the broker; a worker appends its own name'),
      share: text
        .max(64)
        .regex(/^[^/+#]+$/, 'write a name without "/", "+" and "#", e.g. kaidong')
        .default('kaidong')
        .describe('the group in which workers share the topics ($share/NAME/…); see ingest.worker'),
      username: text.optional().describe('our login at the broker'),
      password: text.optional().describe('our login at the broker'),
      keepaliveSeconds: seconds
        .max(65_535)
        .default(15)
        .describe('a path that goes silent is noticed within two of these'),
      discover: z
        .array(
          text.refine(
            isTopicFilter,
            'write a topic filter such as factory/#: + for a level, # at the end for all that are left',
          ),
        )
        .default([])
        .describe(
          'topics that are looked at and not stored, so that `kaidong suggest` can propose rules for them',
        ),
      tls: clientTls.prefault({}),
    })
    .prefault({}),
  store: z
    .strictObject({
      kind: z
        .enum(['embedded', 'memory', 'influxdb1', 'influxdb2'])
        .default('embedded')
        .describe('embedded, memory (for tests, nothing rests), influxdb1 or influxdb2'),
      url: text
        .regex(/^https?:\/\/.+/, 'write http://host:8086')
        .optional()
        .describe('of InfluxDB'),
      database: text.default('kaidong').describe('InfluxDB 1.x'),
      org: text.optional().describe('InfluxDB 2.x'),
      bucket: text.default('kaidong').describe('InfluxDB 2.x'),
      token: text.optional().describe('InfluxDB 2.x'),
      username: text.optional().describe('InfluxDB 1.x'),
      password: text.optional().describe('InfluxDB 1.x'),
    })
    .prefault({}),
  sparkplug: sparkplug
    .prefault({})
    .describe('a Sparkplug B host application; on when hostId, groups or brokers are given'),
  ledger: z
    .strictObject({
      finalAfterHours: z
        .number()
        .int()
        .min(0)
        .max(24 * 366)
        .default(168)
        .describe(
          'a figure is provisional until so long after its time, then final; what changes it later is told apart',
        ),
      hourDays: keptDays(3653).describe(
        'recorded hours are kept so long, and at least as long as raw data; null: for good. There are 25 times as many as days',
      ),
      shiftDays: keptDays(null).describe('the same of shifts'),
      dayDays: keptDays(null).describe('the same of production days'),
      revisionDays: keptDays(null).describe('the same of what cells were before they changed'),
    })
    .prefault({}),
  data: z
    .strictObject({
      dir: text.default('./data').describe('the folder of all that is kept on disk'),
      retentionDays: days()
        .default(400)
        .describe('raw observations older than this are removed; ledgers stay'),
      evidenceDays: keptDays(null).describe(
        'evidence of an assessment is removed so long after it was published, and its result stays; null: kept for good. Drafts keep theirs, and so does the newest published one of a pilot by each rubric',
      ),
      quarantineDays: days()
        .default(90)
        .describe('refused messages older than this leave quarantine; the books keep their counts'),
    })
    .prefault({}),
  rubrics: z
    .strictObject({
      dir: text
        .optional()
        .describe(
          'folder of your own rubrics; default: "rubrics" beside the configuration file, where it exists',
        ),
    })
    .prefault({}),
  pilots: z
    .strictObject({
      dir: text
        .optional()
        .describe(
          'folder of pilot files, one pilot each; default: "pilots" beside the configuration file, where it exists',
        ),
    })
    .prefault({}),
  assess: z
    .strictObject({
      networkedShare: share
        .positive()
        .default(ASSESSMENT_SETTINGS.networkedShare)
        .describe('a machine counts as networked when heard on at least this share of its scheduled days'),
      discrepancyAbove: share
        .default(ASSESSMENT_SETTINGS.discrepancyAbove)
        .describe(
          'a declared figure that lies further than this from the measured one is a discrepancy: of a ratio this much, of others this share',
        ),
      smallestPeerGroup: z
        .number()
        .int()
        .min(2)
        .default(ASSESSMENT_SETTINGS.smallestPeerGroup)
        .describe('a group of peers smaller than this is not shown to other plants'),
    })
    .prefault({})
    .describe('limits of assessments; each keeps and prints those that it was made with'),
  clocks: clocks.prefault({}),
  spool: z
    .strictObject({
      maxBytes: byteSize
        .prefault('10GB')
        .describe('what may wait on disk for the store; when it is full, nothing is acknowledged'),
    })
    .prefault({}),
  ingest: z
    .strictObject({
      worker: text
        .regex(WORKER_NAME, WORKER_NAME_RULE)
        .optional()
        .describe(
          'the name of this process where several "kaidong ingest" share the work; it must stay the same over restarts. Also --worker',
        ),
      maxPayloadBytes: byteSize.prefault('4MB').describe('larger payloads are refused'),
      maxAheadSeconds: seconds
        .default(300)
        .describe('source times further ahead of the receive time are refused'),
    })
    .prefault({}),
  notify,
});

export type ConfigFile = z.output<typeof configSchema>;
