export { EVENTS, EVENTS_OF_AFFILIATES, type EventName, type Message } from './events.ts';
export { affiliateNames, amountsOf } from './names.ts';
export { type RedemptionStep, tellRedemptions, tellWithdrawals, type WithdrawalStep } from './outgoing.ts';
export { heardEvents, queueMessages, writeDeliveries } from './queue.ts';
export { holdUnlocks, tellUnlocked, unlockedMessage } from './unlocked.ts';
