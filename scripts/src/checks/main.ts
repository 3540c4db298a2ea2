import { REPOSITORY } from '../run.ts';
import { checkHouse } from './house.ts';
import type { Finding } from './source.ts';

const show = (kind: string) => (finding: Finding) => process.stdout.write(`${kind} ${finding.path}:${finding.line} ${finding.message}\n`);

const { files, errors, warnings } = checkHouse(REPOSITORY);
warnings.forEach(show('warning'));
errors.forEach(show('error'));
process.stdout.write(`${files} files, ${errors.length} errors, ${warnings.length} warnings\n`);
process.exitCode = errors.length > 0 ? 1 : 0;
