/** English, of evidence that carries less far than it should. */
export const plausibilityEn = {
  plausible: {
    title: 'Plausibility of the data',
    grade: 'Evidence grade',
    hint: 'What is hardly so is listed with its evidence and never corrected; a grade changes no figure and no score. The thresholds are our own, none is official.',
    judged: 'Hours (running, pieces, energy) and measurements were judged from {from} to {to}',
    unjudged:
      '{machine}: between {from} and {to} there are days whose measurements can no longer be judged, since their raw data was removed',
    close: 'Every stream was looked at from {from} to {to}',
    compared:
      'Streams were compared by their prints, with earlier ones and those of other machines, from {from} to {to}',
    lookedOver: '{count} machines looked over, {doubtful} with a grade below A.',
    lastDays: 'last {days} days',
    nothing: 'Nothing was found that is hardly so.',
    notLooked: 'The evidence was gathered before it was looked over: there is no grade.',
    look: 'Look now',
    looking: 'Looking …',
    tooMany: 'More machines than can be looked over at once; ask the API site by site.',
    check: 'Check',
    stretch: 'Stretch',
    evidence: 'What shows it',
  },
};
