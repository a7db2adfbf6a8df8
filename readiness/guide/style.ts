/** Ink on paper, as the report's page; contrasts of at least 7:1 (WCAG 2.1 AAA). */
export const style = `
:root { color-scheme: light dark; --paper: light-dark(#ffffff, #121518); --wash: light-dark(#f4f5f7, #1b1f24);
  --rule: light-dark(#d8dce1, #343a42); --ink: light-dark(#15181c, #e9ebee); font: 100%/1.55 system-ui, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1rem 4rem; max-width: 52rem; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid; outline-offset: 2px; }
nav ul { columns: 15rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.2rem 0; }
section { border-top: 1px solid; margin-top: 3rem; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.4rem; } h3 { font-size: 1.1rem; margin-top: 2rem; } h4, h5, h6 { font-size: 1rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
pre { background: var(--wash); padding: 0.75rem; overflow-x: auto; } pre code { font-size: 1em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border-bottom: 1px solid var(--rule); padding: 0.35rem 1rem 0.35rem 0; text-align: left; vertical-align: top; overflow-wrap: normal; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); }
li:has(> p) { margin-bottom: 0.5rem; }
@media print {
  :root { color-scheme: light; } body { max-width: none; font-size: 10pt; } nav { break-after: page; }
  section { break-before: page; border: 0; } h2, h3, h4 { break-after: avoid; } tr, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; } .wide { overflow: visible; }
}
`;
