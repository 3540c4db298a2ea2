import { Button, Divider, TextField } from '@mui/material';
import { useState } from 'react';
import { useLocation, useLogin } from 'react-admin';
import { useSay } from '../words/words.ts';
import { Card } from './Card.tsx';
import { EmailField, type EmailProps } from './EmailField.tsx';
import { signIn } from './signIn.ts';
import { useStep } from './useStep.ts';

interface Props extends EmailProps {
  readonly company: string | null;
  /** What went wrong before one came here. */
  readonly came: string | undefined;
  readonly onCode: () => void;
  readonly onForgotten: () => void;
}

export function PasswordStep({ email, setEmail, company, came, onCode, onForgotten }: Props) {
  const say = useSay();
  const login = useLogin();
  const { state } = useLocation() as { state: { nextPathname?: string; nextSearch?: string } | null };
  const [password, setPassword] = useState('');
  const { busy, problem, setProblem, run } = useStep();

  function submit() {
    if (!email.trim() || !password) return setProblem(say('Give your e-mail address and your password'));
    void run(async () => {
      if (await signIn.withPassword(email.trim(), password)) onCode();
      else await login({});
    });
  }

  const leave = () =>
    run(async () => {
      window.location.assign(await signIn.withCompany(`#${state?.nextPathname ?? '/'}${state?.nextSearch ?? ''}`));
    });

  return (
    <Card
      title={say('Sign in to the back office')}
      problem={problem ?? came}
      action={say('Sign in')}
      busy={busy}
      onSubmit={submit}
      more={
        <Button size="small" onClick={onForgotten}>
          {say('I forgot my password')}
        </Button>
      }
    >
      <EmailField email={email} setEmail={setEmail} />
      <TextField
        label={say('Password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {company && (
        <>
          <Button variant="outlined" disabled={busy} onClick={leave}>
            {say('Sign in with %{company}', { company })}
          </Button>
          <Divider>{say('or with your password')}</Divider>
        </>
      )}
    </Card>
  );
}
