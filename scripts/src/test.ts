import { runScript, runTool } from './run.ts';
import { playSuite, type Suite } from './scenario/suite.ts';

interface Section {
  readonly title: string;
  run(): boolean;
}

const suites: readonly Suite[] = [
  { title: 'Scenarios', folders: ['scenarios'], count: 272 },
  { title: 'Further scenarios', folders: ['../shared/scenarios'], optional: true },
];

const sections: readonly Section[] = [
  { title: 'Lint', run: () => runTool('biome', 'check', '.') },
  { title: 'Types', run: () => runScript('scripts/src/types.ts') },
  { title: 'House', run: () => runScript('scripts/src/checks/main.ts') },
  { title: 'Tests', run: () => runTool('vitest', 'run') },
  ...suites.map((suite) => ({ title: suite.title, run: () => playSuite(suite) })),
];

function main(): number {
  for (const { title, run } of sections) {
    process.stdout.write(`\n== ${title}\n`);
    const begun = performance.now();
    const passed = run();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    process.stdout.write(`== ${title}: ${passed ? 'passed' : 'FAILED'} (${seconds} s)\n`);
    if (!passed) return 1;
  }
  process.stdout.write('\nAll passed.\n');
  return 0;
}

process.exitCode = main();
