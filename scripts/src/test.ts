import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, runScript, runTool } from './run.ts';

interface Section {
  readonly title: string;
  run(): boolean;
}

const scenarioPlayer = 'scripts/src/scenario/main.ts';
const hasScenarios = ['scenarios', scenarioPlayer].every((path) => existsSync(join(REPOSITORY, path)));

const sections: readonly Section[] = [
  { title: 'Lint', run: () => runTool('biome', 'check', '.') },
  { title: 'Types', run: () => runScript('scripts/src/types.ts') },
  { title: 'House', run: () => runScript('scripts/src/checks/main.ts') },
  { title: 'Tests', run: () => runTool('vitest', 'run') },
  ...(hasScenarios ? [{ title: 'Scenarios', run: () => runScript(scenarioPlayer, 'scenarios') }] : []),
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
