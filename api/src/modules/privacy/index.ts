export { PrivacyResolver } from './privacy.resolver.ts';
export { PrivacyService } from './privacy.service.ts';
