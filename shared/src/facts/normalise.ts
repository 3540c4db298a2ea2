export * from './normalise/activity.ts';
export * from './normalise/click.ts';
export type { AttributeInput, FactForm, Normal } from './normalise/form.ts';
export type { LineInput } from './normalise/lines.ts';
export * from './normalise/order.ts';
export * from './normalise/orderEvent.ts';
export * from './normalise/product.ts';
export * from './normalise/registration.ts';
