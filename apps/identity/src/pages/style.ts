/** In the colours of the system, light or dark. */
export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#f4f5f7, #14161a);
  --card: light-dark(#fff, #1d2026);
  --ink: light-dark(#1b1f26, #e9ebef);
  --quiet: light-dark(#5b6370, #9aa3b1);
  --line: light-dark(#8b93a1, #6b7482);
  --accent: light-dark(#1f5fd0, #82aaff);
  --on-accent: light-dark(#fff, #10141c);
  --wrong: light-dark(#b3261e, #ff9d94);
}
* { box-sizing: border-box; }
body {
  display: grid;
  align-content: center;
  justify-items: center;
  gap: 1.5rem;
  min-height: 100vh;
  margin: 0;
  padding: 1.5rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
main {
  width: min(22rem, 100%);
  padding: 2rem;
  border-radius: 0.75rem;
  background: var(--card);
  box-shadow: 0 1px 2px #0002, 0 8px 32px #0001;
}
.brand { margin: 0; color: var(--accent); font-weight: 700; letter-spacing: 0.02em; }
h1 { margin: 0 0 1.5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
input, button {
  width: 100%;
  padding: 0.625rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: transparent;
  color: inherit;
  font: inherit;
}
input { margin-bottom: 1rem; }
input[aria-invalid] { border-color: var(--wrong); }
button { margin-top: 0.5rem; border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button.quiet { background: transparent; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.wrong { color: var(--wrong); font-weight: 600; }
footer { max-width: 22rem; color: var(--quiet); font-size: 0.875rem; text-align: center; }
`;
