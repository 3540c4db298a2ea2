export { readBundledTerms } from './bundled.ts';
export { CatalogueResolver } from './catalogue.resolver.ts';
export type { Program } from './program.entity.ts';
export { noProgram } from './program.errors.ts';
export { ProgramResolver, TermsVersionResolver } from './program.resolver.ts';
export { ProgramService } from './program.service.ts';
export { type TermsOfProgram, TermsStore, type TermsVersion, versionAt } from './terms-store.ts';
