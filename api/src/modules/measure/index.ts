export { MeasureResolver } from './measure.resolver.ts';
export { MeasureService } from './measure.service.ts';
