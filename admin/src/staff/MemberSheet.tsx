import { Box, Typography } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { usePrograms } from '../session/usePrograms.ts';
import { deviceOf } from '../ui/device.ts';
import { Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import { MemberChip } from './MemberList.tsx';
import { type MemberDetail, ROLES } from './source.ts';

/** A member beside the list: roles, and where they are signed in. */
export function MemberSheet() {
  const { opened, close } = useOpened();
  return (
    <RecordSheet<MemberDetail>
      id={opened}
      onClose={close}
      title={({ name }) => name}
      beside={(member) => <MemberChip member={member} />}
      isWhole={isDetailed}
    >
      {(member) => <Member key={member.id} member={member} />}
    </RecordSheet>
  );
}

/** A list has the row only; the roles follow. */
const isDetailed = (member: MemberDetail): boolean => 'roles' in member;

function Member({ member }: { readonly member: MemberDetail }) {
  const say = useSay();
  const run = useAct();
  const { id, name, email, disabledAt, sessions } = member;
  return (
    <>
      <Box>
        {disabledAt ? (
          <ActButton
            needs="STAFF_MANAGE"
            verb={say('Let in again')}
            title={say('Let %{name} in again', { name })}
            run={() => run(acts.enable, { id })}
          />
        ) : (
          <ActButton
            needs="STAFF_MANAGE"
            isGrave
            verb={say('Shut out')}
            title={say('Shut %{name} out', { name })}
            intro={say('All their sessions end at once. Their roles are kept for when they come back.')}
            run={() => run(acts.disable, { id })}
          />
        )}
      </Box>
      <Facts facts={[['E-mail', email]]} />
      <Roles member={member} />
      <Box>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('Signed in at')}
        </Typography>
        {sessions.length === 0 && <Typography variant="body2">{say('Nowhere')}</Typography>}
        {sessions.map(({ id: session, device, address, usedAt }) => (
          <Box key={session} sx={{ display: 'flex', gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
            <Typography variant="body2">
              <span title={device ?? undefined}>{[deviceOf(device), address].filter(Boolean).join(', ')}</span> · <When at={usedAt} exact />
            </Typography>
            <ActButton
              needs="STAFF_MANAGE"
              variant="text"
              verb={say('End')}
              title={say('End a session of %{name}', { name })}
              run={() => run(acts.endStaffSession, { id: session })}
            />
          </Box>
        ))}
      </Box>
    </>
  );
}

function Roles({ member: { id, name, roles } }: { readonly member: MemberDetail }) {
  const say = useSay();
  const run = useAct();
  const programs = usePrograms();
  const where = [{ value: '', words: say('all programs') }, ...programs.map(({ key, name: words }) => ({ value: key, words }))];
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 1 }}>
        <Typography variant="h3" sx={{ mr: 'auto' }}>
          {say('Roles')}
        </Typography>
        <ActButton
          needs="STAFF_MANAGE"
          verb={say('Give a role')}
          title={say('Give %{name} a role', { name })}
          fields={[
            { name: 'role', label: 'Role', required: true, choices: ROLES.map((value) => ({ value, words: say.word(value) })) },
            { name: 'program', label: 'Program', choices: where },
          ]}
          run={({ role, program }) => run(acts.grantRole, { member: id, role: role as 'READER', program: program || null })}
        />
      </Box>
      {roles.map(({ id: grant, role, program, grantedBy, grantedAt }) => (
        <Box key={grant} sx={{ display: 'flex', gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
          <Typography variant="body2">
            {say('%{role} in %{where}', { role: say.word(role), where: program?.name ?? say('all programs') })}{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {say('%{date} by %{who}', { date: say.date(grantedAt), who: grantedBy })}
            </Box>
          </Typography>
          <ActButton
            needs="STAFF_MANAGE"
            variant="text"
            isGrave
            verb={say('Revoke')}
            title={say('Revoke the role %{role} of %{name}', { role: say.word(role), name })}
            run={() => run(acts.revokeRole, { grant })}
          />
        </Box>
      ))}
    </Box>
  );
}
