import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { type Chart, common, type PanelSpec } from '../panel.ts';

const overTime = (spec: PanelSpec): PanelBuilder =>
  common(new PanelBuilder(), spec)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));

/** A line for each series. A value holds for its whole cell, and where there is none the line is broken. */
export const lines: Chart = (spec) =>
  overTime(spec)
    .drawStyle(GraphDrawStyle.Line)
    .lineInterpolation(LineInterpolation.StepAfter)
    .showPoints(VisibilityMode.Auto)
    .spanNulls(false)
    .axisSoftMin(0);

/** A bar for each cell, made of its parts. */
export const stack: Chart = (spec) =>
  overTime(spec)
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(90)
    .lineWidth(0)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    .axisSoftMin(0);

/** Marks at their own times. */
export const points: Chart = (spec) =>
  overTime(spec).drawStyle(GraphDrawStyle.Points).pointSize(8).axisSoftMin(0);
