export {
  CaseRequestResolver,
  ProgramRequestsResolver,
  RequestActResolver,
  RequestResolver,
  SourceReviewResolver,
} from './request.resolver.ts';
export { RequestService } from './request.service.ts';
