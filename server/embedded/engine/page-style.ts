/** The page's style sheet: one column, readable from 390 px up, light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --bg: #fafafa; --card: #fff; --text: #1a1a1e; --dim: #5c5c66; --line: #dedee3;
  --link: #1756b8; --good: #17663a; --bad: #a8201a; --busy: #7a4b00; }
@media (prefers-color-scheme: dark) { :root { --bg: #141417; --card: #1d1d21; --text: #ececf0; --dim: #a5a5b0;
  --line: #36363d; --link: #8ab6ff; --good: #6fd69b; --bad: #ff9a92; --busy: #f0c060; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--link); overflow-wrap: anywhere; } a:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: .5rem; } nav a { padding: .4rem 0; } nav a[aria-current] { font-weight: 700; color: var(--text); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .5rem; margin: 0; }
.tiles div, .runs li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
dt { color: var(--dim); font-size: .85rem; } dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.runs { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
.row { display: flex; justify-content: space-between; align-items: baseline; gap: .75rem; flex-wrap: wrap; }
.meta { color: var(--dim); margin: .15rem 0; font-size: .9rem; } .error { color: var(--bad); margin: .25rem 0; overflow-wrap: anywhere; }
.badge { font-size: .8rem; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; color: var(--dim); }
.badge.completed { color: var(--good); } .badge.failed { color: var(--bad); } .badge.running, .badge.leased { color: var(--busy); }
button { font: inherit; min-height: 2.5rem; padding: 0 1rem; border-radius: .4rem; border: 1px solid var(--link); background: transparent; color: var(--link); cursor: pointer; margin-top: .4rem; }
summary { cursor: pointer; padding: .3rem 0; } pre { overflow-x: auto; background: var(--bg); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem; font-size: .85rem; }
code { overflow-wrap: anywhere; }
`;
