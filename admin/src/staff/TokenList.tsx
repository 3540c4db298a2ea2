import { useState } from 'react';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { usePrograms } from '../session/usePrograms.ts';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { SecretNote } from '../ui/SecretNote.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { Word } from '../ui/Word.tsx';
import { useSay } from '../words/words.ts';
import { createToken, revokeToken } from './acts.ts';
import type { TokenRecord } from './source.ts';

/** Keys of systems. A secret is shown once, here. */
export function TokenList() {
  const say = useSay();
  const [secret, setSecret] = useState<string>();
  return (
    <ListPage
      title="Tokens"
      sort={{ field: 'id', order: 'DESC' }}
      empty="No token was made yet."
      beside={<Create onMade={setSecret} />}
      above={<SecretNote secret={secret} onClose={() => setSecret(undefined)} />}
      table={<Table />}
      small={
        <SmallRows<TokenRecord>
          row={(token) => ({
            title: token.name,
            chip: <TokenChip token={token} />,
            below: `${say.word(token.kind)} · ${token.prefix}`,
            at: token.createdAt,
          })}
        />
      }
    />
  );
}

function Create({ onMade }: { readonly onMade: (secret: string) => void }) {
  const say = useSay();
  const run = useAct();
  const programs = usePrograms();
  return (
    <ActButton
      needs="TOKEN_MANAGE"
      variant="contained"
      verb={say('Make a token')}
      title={say('Make a token for a system')}
      fields={[
        { name: 'name', label: 'Name', required: true, help: 'Who uses it, so that one knows what to revoke' },
        {
          name: 'program',
          label: 'Program',
          choices: [{ value: '', words: say('all programs') }, ...programs.map(({ key, name }) => ({ value: key, words: name }))],
        },
      ]}
      run={async ({ name = '', program }) => {
        const { secret } = await run(createToken, { kind: 'INTEGRATOR', name, programs: program ? [program] : null });
        if (secret) onMade(secret);
      }}
    />
  );
}

function TokenChip({ token: { revokedAt } }: { readonly token: TokenRecord }) {
  return <StatusChip status={revokedAt ? 'REVOKED' : 'ACTIVE'} tone={revokedAt ? 'quiet' : 'good'} />;
}

function Table() {
  const say = useSay();
  const run = useAct();
  return (
    <ListTable<TokenRecord>>
      <Col<TokenRecord> label="Name" render={({ name }) => name} />
      <Col<TokenRecord> label="Kind" render={({ kind }) => <Word word={kind} />} />
      <Col<TokenRecord> label="Begins with" render={({ prefix }) => <code>{prefix}</code>} />
      <Col<TokenRecord> label="Programs" render={({ programs }) => programs?.join(', ') ?? say('all programs')} />
      <Col<TokenRecord> label="Roles" render={({ roles }) => roles.map((role) => say.word(role)).join(', ') || <Nothing />} />
      <Col<TokenRecord> label="Status" render={(token) => <TokenChip token={token} />} />
      <Col<TokenRecord> label="Last used" render={({ lastUsedAt }) => <When at={lastUsedAt} exact />} />
      <Col<TokenRecord>
        label="Acts"
        render={({ id, name, revokedAt }) =>
          revokedAt ? null : (
            <ActButton
              needs="TOKEN_MANAGE"
              variant="text"
              isGrave
              verb={say('Revoke')}
              title={say('Revoke the token %{name}', { name })}
              intro={say('Whoever uses it is turned away from now on.')}
              run={() => run(revokeToken, { id })}
            />
          )
        }
      />
    </ListTable>
  );
}
