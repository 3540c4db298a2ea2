export { foldAllReports } from './fold.ts';
export { ReportResolver } from './report.resolver.ts';
export { serveReports } from './report.routes.ts';
export { ReportService } from './report.service.ts';
