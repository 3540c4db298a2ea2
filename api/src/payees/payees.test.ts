import { describe, expect, it } from 'vitest';
import { problemsOf } from './index.ts';

const NOTHING = { account: null, holder: null, bank: null };
const told = (method: string, details: object) =>
  problemsOf(method, { ...NOTHING, ...details }).map(({ field, missing }) => `${field} ${missing ? 'missing' : 'wrong'}`);

describe("a payee's details", () => {
  it.each([
    ['bank-transfer', {}, ['holder missing', 'account missing']],
    ['bank-transfer', { holder: 'Ann', account: 'DE89370400440532013000' }, []],
    ['bank-transfer', { holder: 'Ann', account: 'de89 3704 0044 0532 0130 00' }, []],
    ['bank-transfer', { holder: 'Ann', account: 'DE88370400440532013000' }, ['account wrong']],
    ['bank-transfer', { account: 'DE88370400440532013000' }, ['account wrong', 'holder missing']],
    ['bank-transfer', { holder: 'Ann', account: 'MBB-77' }, ['bank missing']],
    ['bank-transfer', { holder: 'Ann', account: 'MBB-77', bank: 'MBBEMYKL' }, []],
    ['bank-transfer', { holder: 'Ann', account: 'MBB-77', bank: 'MBB' }, ['bank wrong']],
    ['bank-transfer', { holder: 'Ann', account: '<x>', bank: 'MBBEMYKL' }, ['account missing']],
    ['bank-transfer', { holder: '???', account: 'MBB-77', bank: 'MBBEMYKL' }, ['holder wrong']],
    ['bank-transfer', { holder: '李雷', account: 'MBB-77', bank: 'MBBEMYKL' }, ['holder wrong']],
    ['bank-transfer', { holder: 'Ирина', account: 'MBB-77', bank: 'MBBEMYKL' }, []],
    ['paypal', {}, ['account missing']],
    ['paypal', { account: 'ann' }, ['account missing']],
    ['paypal', { account: 'ann@' }, ['account wrong']],
    ['paypal', { account: 'ann@example.org' }, []],
    ['western-union', {}, ['holder missing']],
    ['western-union', { holder: 'Ann', account: 'Lagos' }, []],
    ['western-union', { holder: 'Ann', bank: 'nowhere' }, ['bank wrong']],
  ])('%s %j: %j', (method, details, problems) => {
    expect(told(method, details)).toEqual(problems);
  });
});
