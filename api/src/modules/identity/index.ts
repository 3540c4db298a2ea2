export { Authenticator, grantedTo } from './authenticator.ts';
export { Token } from './identity.entity.ts';
export { StaffRole } from './identity.input.ts';
export { TokenResolver, ViewerResolver } from './identity.resolver.ts';
export { type IssuedToken, type NewToken, TokenService } from './identity.service.ts';
export { TokenType } from './identity.type.ts';
export { isLastAdmin, type Leaving } from './last-admin.ts';
export { hashSecret, newSecret, readCode } from './secret.ts';
