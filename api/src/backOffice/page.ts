import { ASK_AGAIN } from '../platform/static.ts';

/** How the building of the back office goes. */
export type Progress =
  | { readonly kind: 'building'; readonly seconds: number; readonly steps: readonly string[] }
  | { readonly kind: 'failed'; readonly byHand: string };

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 34rem; margin: 20vh auto 0; padding: 0 1rem; }
  h1 { font-size: 1.35rem; }
  code { user-select: all; padding: .15em .35em; border: 1px solid; border-radius: 4px; }
  ol { padding-left: 1.25rem; font-variant-numeric: tabular-nums; }
  progress { width: 100%; accent-color: #4f46e5; }
`;

/** What is shown instead of the back office until its files stand. */
export function pageOf(progress: Progress): string {
  const { title, body } = progress.kind === 'building' ? building(progress) : failed(progress.byHand);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tributary</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${title}</h1>${body}</main><script>${ASK_AGAIN}</script></body>
</html>
`;
}

function building({ seconds, steps }: Extract<Progress, { kind: 'building' }>) {
  const said = steps.map((step) => `<li>${escaped(step)}</li>`).join('');
  return {
    title: 'The back office is being built',
    body: `<p>This happens once, and again after its sources have changed. It takes a few seconds, and this page then opens it by itself.</p>
<progress aria-label="The back office is being built"></progress>
<p role="status">For ${seconds} s by now.</p>
${said ? `<ol>${said}</ol>` : ''}`,
  };
}

function failed(byHand: string) {
  return {
    title: 'The back office could not be built',
    body: `<p>Why stands where Tributary was started. When that is mended, build it by hand, and this page opens it:</p>
<p><code>${escaped(byHand)}</code></p>
<p>The API answers all the same.</p>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
