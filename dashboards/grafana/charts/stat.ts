import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { type Chart, common } from '../panel.ts';

/** One number, or one for each query. */
export const stat: Chart = (spec) =>
  common(new PanelBuilder(), spec)
    .graphMode(BigValueGraphMode.None)
    .colorMode(spec.thresholds ? BigValueColorMode.Value : BigValueColorMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));
