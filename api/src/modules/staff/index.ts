export { FactorResetService } from './factor-reset.service.ts';
export { serveSignIn } from './routes.ts';
export { QUIET_HEADER } from './sessions.ts';
export { SignIn } from './sign-in.ts';
export { FactorResetResolver, StaffResolver, StaffSessionResolver } from './staff.resolver.ts';
export { StaffService } from './staff.service.ts';
export { Throttle } from './throttle.ts';
export { tidyStaff } from './tidy.ts';
