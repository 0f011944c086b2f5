#include <credence/report/page_style.h>

#include <string>

namespace credence {

namespace {

// Contrasts keep to WCAG 2.2 AA on both grounds; lines also differ by dashes and words, so that a
// grey print and a colour-blind reader tell them apart.
constexpr std::string_view kColours = R"(
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f23; --quiet: #55606b;
  --rule: #c9d0d6; --lead: #1f4e79; --grid: #dfe3e7; --soft: #f2f5f8; --seam: #fff;
  --a0: #66707a; --a1: #1f5fa8; --a2: #b0480f; --a3: #2a7047; --a4: #7a3d8f; --a5: #7d6200; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #14181c; --ink: #e7eaed; --quiet: #a9b3bc; --rule: #3d4751;
    --lead: #9cc7f2; --grid: #2d343b; --soft: #1e242a; --seam: #14181c;
    --a0: #a3adb6; --a1: #7fb4f0; --a2: #f0a36b; --a3: #7fcf9b; --a4: #d0a6e8; --a5: #e0c35a; } }
)";

constexpr std::string_view kText = R"(
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 Georgia, "Times New Roman", "Liberation Serif", serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1, h2, h3, h4, th, dt, caption, figcaption, nav, label, .unit, .n, svg, .banner, .kicker {
  font-family: "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
h1 { font-size: clamp(1.6rem, 4.5vw, 2.4rem); line-height: 1.15; margin: .2rem 0 .8rem; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .9rem; padding-bottom: .3rem;
  border-bottom: 2px solid var(--lead); color: var(--lead); }
h3 { font-size: 1.15rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
section { margin-top: 3.2rem; }
p, ul, ol { margin: .7rem 0; max-width: 44rem; }
li { margin: .25rem 0; }
a { color: var(--lead); }
.kicker { text-transform: uppercase; letter-spacing: .06em; font-size: .8rem;
  color: var(--quiet); margin: 0; }
.lead { font-size: 1.15rem; }
.quiet, .note { color: var(--quiet); font-size: .93rem; }
.banner { border: 2px solid var(--a2); border-left-width: .6rem; padding: .6rem .9rem;
  max-width: none; font-size: 1rem; }
code, pre { font: .86rem/1.45 "DejaVu Sans Mono", Consolas, monospace; }
pre { background: var(--soft); padding: .7rem .9rem; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; border-left: 3px solid var(--rule); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0;
  font-size: .95rem; }
dl.facts dt { font-weight: 600; font-size: .88rem; padding-top: .1rem; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
nav { font-size: .92rem; background: var(--soft); padding: .7rem 1rem; }
nav p { margin: 0; font-weight: 600; }
nav ol { margin: .3rem 0 0; columns: 2; max-width: none; padding-left: 1.5rem; }
input[name=language] { position: absolute; opacity: 0; }
label { display: inline-block; margin: .8rem 0 0 1.25rem; padding: .2rem .6rem; cursor: pointer;
  border: 1px solid var(--rule); border-radius: .3rem; font-size: .9rem; }
label + input + label { margin-left: .3rem; }
input:checked + label { background: var(--lead); color: var(--paper); font-weight: 600; }
input:focus-visible + label { outline: 3px solid var(--a2); outline-offset: 2px; }
#show-en:checked ~ .body-fr, #show-fr:checked ~ .body-en { display: none; }
dl.meanings dt { font-weight: 600; margin-top: .5rem; }
dl.meanings dd { margin: 0; }
details { margin: .8rem 0; }
summary h3 { display: inline; margin: 0; }
summary { cursor: pointer; color: var(--lead); }
)";

constexpr std::string_view kTables = R"(
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.35; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .32rem .7rem .32rem 0;
  border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; border-bottom: 1.5px solid var(--ink); font-size: .84rem; }
tbody th { font-weight: 600; min-width: 9rem; }
.n { text-align: right; padding-left: .5rem; font-variant-numeric: tabular-nums lining-nums; }
td.n { white-space: nowrap; }
)";

constexpr std::string_view kPictures = R"(
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
  gap: 0 2rem; }
.charts.three { grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
figure { margin: 1rem 0; break-inside: avoid; min-width: 0; }
figcaption { font-size: .95rem; font-weight: 600; margin-bottom: .4rem; }
figcaption span { display: block; font-weight: 400; font-size: .86rem; color: var(--quiet); }
svg { display: block; width: 100%; max-width: 34rem; height: auto; }
svg text { fill: var(--ink); } svg .quiet { fill: var(--quiet); }
svg .seam { stroke: var(--seam); stroke-width: 4; paint-order: stroke; }
svg .bold { font-weight: 700; } svg .grid { stroke: var(--grid); stroke-width: 1; }
svg .axis { stroke: var(--ink); stroke-width: 1; }
svg .event { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 2 2; }
svg .tile { stroke: var(--ink); stroke-width: 1; }
svg .s0 { stroke: var(--a0); stroke-dasharray: 6 4; } svg .s1 { stroke: var(--a1); }
svg .s2 { stroke: var(--a2); stroke-dasharray: 9 3; }
svg .s3 { stroke: var(--a3); stroke-dasharray: 2 3; }
svg .s4 { stroke: var(--a4); stroke-dasharray: 10 3 2 3; }
svg .s5 { stroke: var(--a5); stroke-dasharray: 5 2; }
svg .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
svg .w { stroke-dasharray: none; stroke-width: 1.6; }
svg .f0 { fill: var(--a0); } svg .f1 { fill: var(--a1); } svg .f2 { fill: var(--a2); }
svg .f3 { fill: var(--a3); } svg .f4 { fill: var(--a4); } svg .f5 { fill: var(--a5); }
svg .band { opacity: .2; } svg .ribbon { opacity: .35; } svg .paper { fill: var(--paper); }
svg .soft { fill: var(--soft); }
@media screen and (max-width: 40rem) {
  nav ol { columns: 1; } dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin: 0 0 .4rem; }
  body { font-size: 1rem; } }
@page { size: A4; margin: 16mm 15mm 18mm; }
@media print {
  details::details-content { content-visibility: visible; block-size: auto; }
  input[name=language], input[name=language] + label { display: none; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  section { margin-top: 1.6rem; } h2, h3, h4, caption, figcaption { break-after: avoid; }
  tr, figure { break-inside: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } table { font-size: 8pt; } a { color: inherit; }
  .charts { grid-template-columns: 1fr 1fr; } .charts.three { grid-template-columns: 1fr 1fr 1fr; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  p, li { orphans: 3; widows: 3; } }
)";

}  // namespace

std::string_view page_style() {
  static const std::string style = [] {
    std::string all;
    for (std::string_view part : {kColours, kText, kTables, kPictures}) all += part;
    return all;
  }();
  return style;
}

}  // namespace credence
