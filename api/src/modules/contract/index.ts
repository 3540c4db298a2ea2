export { EnrollmentContractResolver } from './contract.resolver.ts';
export { serveContracts } from './contract.routes.ts';
export { ContractService } from './contract.service.ts';
