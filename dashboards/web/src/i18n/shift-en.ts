import { namesIn } from '../../../../domain/names.ts';
import { SHIFT_REMARK_NAMES } from '../../../../domain/shift-remarks.ts';
import type { shiftZh } from './shift-zh.ts';
import type { Words } from './zh.ts';

/** English, of the shift report. */
export const shiftEn: Pick<Words, keyof typeof shiftZh> = {
  shiftReport: {
    title: 'Shift report',
    wholeDay: 'whole day',
    print: 'Print',
    reports: 'Shift reports',
    earlier: 'The same shift before',
    noShift: 'The line has no such shift on that day.',
    statuses: {
      running: 'running',
      provisional: 'provisional',
      final: 'final',
      'changed-after-final': 'changed after it was final',
    },
    finalAt: 'final after {time}',
    planned: 'Planned busy time',
    produced: 'Produced',
    good: 'Good',
    reject: 'Rejected',
    outside: 'Pieces in unknown time',
    before: 'same shift before: {value}',
    beforeDay: 'compared with {day}',
    strips: 'Time of each machine',
    losses: 'Losses',
    stops: 'Longest stops',
    noStops: 'Nothing stood.',
    lineStops: 'What stopped the line',
    work: 'Orders and products',
    order: 'Order',
    product: 'Product',
    noWork: 'Nothing was said of orders.',
    remarks: 'On the data',
    noRemarks: 'The data is whole; there is nothing to remark.',
    remarkNames: namesIn(SHIFT_REMARK_NAMES, 'en'),
    notes: 'Handover notes',
    noNotes: 'There are no notes yet.',
    note: 'For the next shift',
    add: 'Add the note',
    correct: 'Correct',
    correcting: 'Corrects note {place}; what it said is kept.',
    keepAsItIs: 'Leave it',
    corrected: 'corrected {count} times',
    more: '{count} more are on the page of the system.',
    signature: 'Handed over by ____________   taken over by ____________',
  },
};
