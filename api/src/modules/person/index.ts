export { sweepCodes } from './code.ts';
export { AffiliatePeopleResolver, PersonResolver, SignUpResolver } from './person.resolver.ts';
export { PersonService } from './person.service.ts';
export { SignUpService } from './sign-up.service.ts';
