import { table } from './markdown.ts';

/** What the standard's conformance kit found at Kaidong, and how one repeats it. A record of a run: kept by hand. */
export const KIT: readonly string[] = [
  "## The standard's own conformance kit",
  '',
  'The tests of host applications of the Eclipse Sparkplug TCK were run on 2026-12-01 against `kaidong ingest` (`serve` where the API was asked), started with `mqtt.url` and',
  '`sparkplug.hostId` alone (`sparkplug.brokers` for two brokers), and nothing failed. They ran within HiveMQ CE 2025.5, over MQTT 5 and, where that was refused, over 3.1.1. The tests were',
  "transcribed from the kit's sources of 3.0.0 and later (each file in the newest version that could be had), without their logging, and without those checks of the monitor that",
  'look at edge nodes alone; its edge node spoke through Eclipse Tahu 1.0.12. The released package itself was not at hand.',
  '',
  table(
    ['Test, with its parameters', 'Requirements that passed', 'Not applicable, or not asked'],
    [
      [
        '`SessionEstablishmentTest HOST`',
        '40 of 41 over MQTT 5; all 41 where MQTT 5 was refused first',
        '`…-clean-session-311` over MQTT 5',
      ],
      [
        '`SessionTerminationTest HOST CLIENT`, and without the client',
        '7 of 8, both ways',
        '`…-disconnect-with-no-disconnect-packet`: Kaidong does send a DISCONNECT',
      ],
      [
        '`EdgeSessionTerminationTest HOST GROUP NODE DEVICE`',
        '6 of 6, each answered by what `/api/v1/plant` said',
        '',
      ],
      ['`MessageOrderingTest HOST GROUP NODE DEVICE 5000`', '4 of 4', ''],
      [
        '`ReceiveDataTest HOST GROUP NODE DEVICE`',
        'it asks none; both values were in `/api/v1/observations`',
        '',
      ],
      ['`MultipleBrokerTest HOST tcp://…`', '3 of 3, three times; the second broker was mosquitto', ''],
      [
        '`SendCommandTest HOST GROUP NODE DEVICE`',
        'all 16 on NCMD and rebirth',
        'the 11 on DCMD: Kaidong asks for births, and writes nothing else',
      ],
      ['the monitor, in all of them', 'nothing found at the host', ''],
    ],
  ),
  '',
  'To repeat it, configure `kaidong ingest` (or `serve`, for its API) with the host id that the kit is given and its broker, and leave `sparkplug.groups` empty, as the kit looks for the',
  'filter `spBv1.0/#`. The MQTT client of the host is `mqtt.clientId` with `-sparkplug` behind it: `kaidong-sparkplug`. `SessionEstablishmentTest` and `MultipleBrokerTest` want to be started',
  "before Kaidong, the others behind it. The kit's reorder timeout is `sparkplug.reorderTimeoutSeconds`, in milliseconds. Good to know of the kit:",
  '',
  '- Kaidong asks for births when it needs them; by hand `kaidong rebirth GROUP/NODE` does. For `SendCommandTest` an NDATA of the node was published with an alias that no birth told.',
  '- Its edge node gives unsigned metrics numbers beyond their types; these are refused (`sparkplug-value`), and the rest of the birth is stored.',
  '- It dates its data with the time at which the kit was started. They are stored at that time, so the value on show, which is the newest by time, stays that of the birth.',
  "- `EdgeSessionTerminationTest` connects its edge node from within the broker's own thread, which on few cores can stand still for good; here it connected a second later.",
  '- Its monitor says `MAYBE` of `operational-behavior-host-application-host-id` when the same client says twice that its host is online; the requirement is about two clients.',
  '',
  'Over the same broker, without the kit, a simulated plant in five languages (four hours at 240 times the clock, with duplicates, reordering, deaths and births unasked) equalled its',
  'truth to the millisecond and the piece. Played as fast as it goes, HiveMQ delivers wills before what edge nodes published earlier, births of the same session and deaths of devices',
  'among it ([ADR 44](adr/0044-deaths-that-come-first.md)); two simulated plants of Sparkplug edges alone (three hours of the past, 12 machines, 25 and 34 deaths of lines, births unasked,',
  'duplicates, delay, QoS 0) equalled their truth then: of 279 differences and 176 refused messages before, none.',
  'Five languages at QoS 1 at that speed did not: 3,526 of 6,869 messages that the broker had acknowledged came; its queue for a client holds 1,000 unless set otherwise.',
  '',
  '[sparkplug-kit.test.ts](../test/real/sparkplug-kit.test.ts) asks what these tests ask, with mosquitto.',
];
