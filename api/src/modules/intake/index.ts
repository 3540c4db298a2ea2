export { AdjustmentService } from './adjustment.service.ts';
export { CorrectionResolver } from './correction.resolver.ts';
export { Gatherer } from './gatherer.ts';
export { AttributeInput } from './intake.input.ts';
export { IntakeResolver } from './intake.resolver.ts';
export { IntakeService, type RecordedFact } from './intake.service.ts';
export { PostAdjustmentPayload } from './intake.type.ts';
