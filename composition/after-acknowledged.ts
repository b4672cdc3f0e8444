import type { AnalysisWithEvidence } from '../analysis/create-analysis.ts';
import type { Ingest } from '../ingest/ingest.ts';

/** Longest wait of a question for what is on its way into the store. */
const WAIT_MS = 150;

/**
 * What was acknowledged before a question is in its answer: the question waits, a little, for messages that are durable
 * and not yet in the store. Under heavy load, or with the store away, it is answered from what the store has.
 */
export function afterAcknowledged(analysis: AnalysisWithEvidence, ingest: Ingest): AnalysisWithEvidence {
  const caughtUp = async (): Promise<void> => {
    const { spooledBytes, storeOk } = ingest.status();
    if (spooledBytes === 0 || !storeOk) return;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, WAIT_MS);
    await Promise.race([ingest.drained(), late]);
    clearTimeout(timer);
  };
  const after =
    <Q extends readonly unknown[], A>(ask: (...question: Q) => Promise<A>) =>
    async (...question: Q): Promise<A> => {
      await caughtUp();
      return ask(...question);
    };
  return {
    ...analysis,
    plant: after(analysis.plant),
    machine: after(analysis.machine),
    presence: after(analysis.presence),
    timeline: after(analysis.timeline),
    ledger: after(analysis.ledger),
    kpis: after(analysis.kpis),
    signals: after(analysis.signals),
    stops: { ...analysis.stops, stops: after(analysis.stops.stops), say: after(analysis.stops.say) },
    evidence: { ...analysis.evidence, gather: after(analysis.evidence.gather) },
  };
}
