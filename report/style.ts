/** The look of the report: made for A4, readable on a screen; nothing is loaded from anywhere. */
export const STYLE = `
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt; color: #5b6675; } }
* { box-sizing: border-box; }
body { font: 10.5pt/1.5 system-ui, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1b2430; margin: 0 auto; max-width: 190mm; padding: 6mm; }
@media print { body { padding: 0; max-width: none; font-size: 9pt; } a { color: inherit; } }
h1 { font-size: 20pt; margin: 0 0 2mm; line-height: 1.25; }
h2 { font-size: 13pt; margin: 9mm 0 2mm; border-bottom: 1.5pt solid #0b6b52; padding-bottom: 1mm; break-after: avoid; }
h3 { font-size: 10pt; margin: 0; color: #5b6675; font-weight: 600; }
h1 small, h2 small { font-size: 60%; font-weight: 400; color: #5b6675; }
small { font-size: 82%; color: #46515f; }
table { border-collapse: collapse; width: 100%; font-size: 88%; }
th, td { text-align: left; vertical-align: top; padding: 1.1mm 1.6mm; border-bottom: 0.5pt solid #d9dee5; font-weight: 400; overflow-wrap: anywhere; }
thead th { border-bottom: 1pt solid #5b6675; color: #46515f; white-space: nowrap; overflow-wrap: normal; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tr.element > * { background: #f1f4f7; font-weight: 600; break-after: avoid; }
tr.domain > th { padding-left: 5mm; }
td.wide { width: 34%; } td.medium { width: 18%; min-width: 26mm; }
th.wide { width: 34%; } .tight { white-space: nowrap; }
thead th::first-letter { text-transform: uppercase; }
table.findings, table.declared { table-layout: fixed; }
.declared thead th:nth-child(1) { width: 17%; } .declared thead th:nth-child(-n + 4):nth-child(n + 2) { width: 10%; } .declared thead th:nth-child(5) { width: 15%; } .declared thead th:nth-child(7) { width: 12%; }
.findings thead th:nth-child(1) { width: 19%; } .findings thead th:nth-child(2) { width: 17%; } .findings thead th:nth-child(3) { width: 11%; } .findings thead th:nth-child(4) { width: 12%; }
ul { margin: 0; padding-left: 4mm; }
code { font-size: 90%; }
.bar { display: block; width: 100%; height: 4.2mm; }
.facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 0.6mm 4mm; margin: 3mm 0; }
.facts dt { color: #5b6675; } .facts dd { margin: 0; overflow-wrap: anywhere; }
.facts .long { grid-column: 2 / -1; }
.summary { display: grid; grid-template-columns: 2fr 1.3fr 1fr; gap: 4mm; }
.card { border: 0.7pt solid #c3cad3; border-radius: 1.5mm; padding: 3mm; break-inside: avoid; }
.card p { margin: 1mm 0 0; }
.big { font-size: 17pt; font-weight: 600; line-height: 1.2; }
.warning, td.open { color: #a1260d; } td.failed { color: #a1260d; font-weight: 600; } td.passed, td.agrees { color: #0b6b52; }
.muted { color: #5b6675; }
.mark { display: inline-block; font-size: 78%; border: 0.6pt solid #a1260d; color: #a1260d; border-radius: 1mm; padding: 0 1mm; font-weight: 400; line-height: 1.25; }
.banner { border: 1pt solid #a1260d; color: #a1260d; padding: 1mm 3mm; margin: 2mm 0; font-weight: 600; }
.legend { break-after: avoid; font-size: 82%; margin: 0 0 1.5mm; } .legend span { margin-right: 2mm; white-space: nowrap; }
.signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8mm; margin-top: 8mm; break-inside: avoid; }
.signature .line { border-bottom: 0.8pt solid #1b2430; height: 12mm; } .signature p { margin: 1mm 0 0; font-size: 85%; }
`;
