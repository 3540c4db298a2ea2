import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { invite } from './acts.ts';
import { MemberSheet } from './MemberSheet.tsx';
import { type MemberRecord, ROLES } from './source.ts';

export function MemberList() {
  return (
    <ListPage
      title="Members"
      sort={{ field: 'id', order: 'ASC' }}
      empty="Nobody is invited yet."
      beside={<Invite />}
      table={<Table />}
      small={<Small />}
    >
      <MemberSheet />
    </ListPage>
  );
}

function Invite() {
  const say = useSay();
  const run = useAct();
  return (
    <ActButton
      needs="STAFF_MANAGE"
      variant="contained"
      verb={say('Invite')}
      title={say('Invite a member')}
      intro={say('They get a link by e-mail, and choose a password there.')}
      fields={[
        { name: 'name', label: 'Name', required: true },
        { name: 'email', label: 'E-mail', kind: 'email', required: true },
        { name: 'role', label: 'Role', required: true, choices: ROLES.map((value) => ({ value, words: say.word(value) })) },
      ]}
      run={({ name = '', email = '', role }) => run(invite, { name, email, roles: [role as 'READER'] })}
    />
  );
}

export function MemberChip({ member: { accepted, disabledAt } }: { readonly member: MemberRecord }) {
  if (disabledAt) return <StatusChip status="DISABLED" tone="quiet" />;
  return <StatusChip status={accepted ? 'ACTIVE' : 'INVITED'} tone={accepted ? 'good' : 'waiting'} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<MemberRecord> rowClick={rowClick}>
      <Col<MemberRecord> label="Name" render={({ id, name }) => <OpenLink id={id} words={name} />} />
      <Col<MemberRecord> label="E-mail" render={({ email }) => email} />
      <Col<MemberRecord> label="Status" render={(member) => <MemberChip member={member} />} />
      <Col<MemberRecord> label="Second factor" render={({ hasSecondFactor }) => say(hasSecondFactor ? 'Yes' : 'No')} />
      <Col<MemberRecord> label="Signed in" align="right" render={({ sessions }) => sessions.length} />
      <Col<MemberRecord> label="Joined" render={({ createdAt }) => <When at={createdAt} />} />
    </ListTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<MemberRecord>
      row={(member) => ({
        title: member.name,
        to: linkTo(member.id),
        chip: <MemberChip member={member} />,
        below: member.email,
        at: member.createdAt,
      })}
    />
  );
}
