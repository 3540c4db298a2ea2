import { Box } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import type { EnrollmentDetail } from './source.ts';

interface EnrollmentActsProps {
  readonly affiliate: string;
  readonly name: string;
  readonly enrollment: EnrollmentDetail;
}

/** What can be done about an affiliate in a program as it stands there. */
export function EnrollmentActs({ affiliate, name, enrollment }: EnrollmentActsProps) {
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <StatusActs affiliate={affiliate} name={name} enrollment={enrollment} />
      {enrollment.status === 'ACTIVE' && <StandingActs affiliate={affiliate} name={name} enrollment={enrollment} />}
      <MoneyActs affiliate={affiliate} name={name} enrollment={enrollment} />
    </Box>
  );
}

/** On the way from an application to an end. */
function StatusActs({ affiliate, name, enrollment: { program, status } }: EnrollmentActsProps) {
  const say = useSay();
  const run = useAct();
  const input = { program: program.key, affiliate };
  const review = { needs: 'APPLICATION_REVIEW', program: program.key } as const;
  const manage = { needs: 'AFFILIATE_MANAGE', program: program.key } as const;
  if (status === 'APPLIED') {
    return (
      <>
        <ActButton
          {...review}
          variant="contained"
          verb={say('Approve')}
          title={say('Approve the application of %{name}', { name })}
          run={() => run(acts.approveApplication, input)}
        />
        <ActButton
          {...review}
          isGrave
          verb={say('Reject')}
          title={say('Reject the application of %{name}', { name })}
          intro={say('The applicant reads the reason.')}
          fields={[REASON]}
          run={({ reason = '' }) => run(acts.rejectApplication, { ...input, reason })}
        />
      </>
    );
  }
  if (status === 'APPROVED')
    return (
      <ActButton
        {...review}
        variant="contained"
        verb={say('Contract sent')}
        title={say('Note that the contract was sent to %{name}', { name })}
        run={() => run(acts.sendContract, input)}
      />
    );
  if (status === 'CONTRACT_SENT') {
    return (
      <ActButton
        needs="AFFILIATE_REPRESENT"
        program={program.key}
        variant="contained"
        verb={say('Contract signed')}
        title={say('Note that %{name} signed the contract', { name })}
        intro={say('The affiliate is active from now on.')}
        run={() => run(acts.signContract, input)}
      />
    );
  }
  return (
    <>
      {status === 'ACTIVE' && (
        <ActButton
          {...manage}
          verb={say('Suspend')}
          title={say('Suspend %{name} in %{program}', { name, program: program.name })}
          intro={say('Clicks from now on earn nothing until the affiliate is reinstated.')}
          fields={[REASON]}
          run={({ reason = '' }) => run(acts.suspend, { ...input, reason })}
        />
      )}
      {status === 'SUSPENDED' && (
        <ActButton
          {...manage}
          verb={say('Reinstate')}
          title={say('Reinstate %{name} in %{program}', { name, program: program.name })}
          run={() => run(acts.reinstate, input)}
        />
      )}
      {(status === 'ACTIVE' || status === 'SUSPENDED') && (
        <ActButton
          {...manage}
          isGrave
          verb={say('Terminate')}
          title={say('Terminate %{name} in %{program}', { name, program: program.name })}
          intro={say('This ends the partnership for good. What the terms let the affiliate keep stays theirs.')}
          fields={[REASON]}
          run={({ reason = '' }) => run(acts.terminate, { ...input, reason })}
        />
      )}
    </>
  );
}

/** How an active affiliate may work, and how it counts. */
function StandingActs({ affiliate, name, enrollment: { program, qualityFactor, permissions, accountManager } }: EnrollmentActsProps) {
  const say = useSay();
  const run = useAct();
  const input = { program: program.key, affiliate };
  const shared = { needs: 'AFFILIATE_MANAGE', program: program.key } as const;
  const granted = permissions.filter(({ granted: isGranted }) => isGranted);
  return (
    <>
      <ActButton
        {...shared}
        verb={say('Quality factor')}
        title={say('Set the quality factor of %{name}', { name })}
        intro={say('It scales what orders earn from now on: 1 is all of it, 0.5 the half.')}
        fields={[{ name: 'factor', label: 'Quality factor', kind: 'number', required: true, value: qualityFactor }, REASON]}
        run={({ factor = '', reason = '' }) => run(acts.setFactor, { ...input, factor, reason })}
      />
      <ActButton
        {...shared}
        verb={say('Permit a channel')}
        title={say('Permit a channel to %{name}', { name })}
        fields={[{ name: 'channel', label: 'Channel', help: 'As clicks name it, for instance google-ads', required: true }]}
        run={({ channel = '' }) => run(acts.grantChannel, { ...input, channel })}
      />
      {granted.length > 0 && (
        <ActButton
          {...shared}
          verb={say('Take a channel back')}
          title={say('Take a channel back from %{name}', { name })}
          fields={[
            {
              name: 'channel',
              label: 'Channel',
              required: true,
              choices: granted.map(({ channel }) => ({ value: channel, words: channel })),
            },
          ]}
          run={({ channel = '' }) => run(acts.revokeChannel, { ...input, channel })}
        />
      )}
      <ActButton
        needs="PROMOTION_MANAGE"
        program={program.key}
        verb={say('Account manager')}
        title={say('Whom %{name} turns to', { name })}
        intro={say('The affiliate sees the name and the address.')}
        fields={[
          { name: 'name', label: 'Name', value: accountManager?.name ?? '', help: 'Empty: nobody in particular' },
          { name: 'email', label: 'E-mail', kind: 'email', value: accountManager?.email ?? '' },
        ]}
        run={({ name: manager, email }) => run(acts.setManager, { ...input, name: manager?.trim() || null, email: email?.trim() || null })}
      />
    </>
  );
}

function MoneyActs({ affiliate, name, enrollment: { program } }: EnrollmentActsProps) {
  const say = useSay();
  const run = useAct();
  const input = { program: program.key, affiliate };
  const kinds = (['ADJUSTMENT', 'BONUS'] as const).map((value) => ({ value, words: say.word(value) }));
  const methods = ['paypal', 'bank-transfer', 'western-union'].map((value) => ({ value, words: say.word(value) }));
  return (
    <>
      <ActButton
        needs="ADJUSTMENT_POST"
        program={program.key}
        verb={say('Adjust the balance')}
        title={say('Adjust the balance of %{name} in %{program}', { name, program: program.name })}
        intro={say('It is an entry of its own in the books. Large sums wait for a second person.')}
        fields={[
          { name: 'kind', label: 'Kind', required: true, choices: kinds, value: 'ADJUSTMENT' },
          { name: 'amount', label: 'Amount', kind: 'number', required: true, help: 'Below zero takes away' },
          REASON,
        ]}
        run={({ kind, amount = '', reason = '' }, key) =>
          run(acts.adjust, { ...input, id: `office-${key}`, kind: kind as 'BONUS', amount, reason })
        }
      />
      <ActButton
        needs="AFFILIATE_REPRESENT"
        program={program.key}
        verb={say('Payment details')}
        title={say('How %{name} is paid', { name })}
        intro={say('Earlier details are kept. Withdrawals that are not sent yet go to the new ones.')}
        fields={[
          { name: 'kind', label: 'Method', required: true, choices: methods },
          { name: 'holder', label: 'Holder' },
          { name: 'account', label: 'Account' },
          { name: 'bank', label: 'Bank (BIC)' },
          { name: 'currency', label: 'Currency', help: 'Three letters, such as USD' },
          { name: 'reason', label: 'Reason' },
        ]}
        run={({ kind = '', ...given }) => {
          const { holder, account, bank, currency, reason } = Object.fromEntries(
            Object.entries(given).map(([field, value]) => [field, value.trim() || null]),
          );
          return run(acts.setMethod, { ...input, kind, holder, account, bank, currency, reason });
        }}
      />
    </>
  );
}
