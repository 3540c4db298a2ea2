import { TextField } from '@mui/material';
import { useState } from 'react';
import { Link, useLocation } from 'react-admin';
import { useSay } from '../words/words.ts';
import { Card } from './Card.tsx';
import { signIn } from './signIn.ts';
import { useStep } from './useStep.ts';

const SHORTEST = 12;

/** Where the links in mails lead: an invitation, or a password that was forgotten. */
export function SetPasswordPage() {
  const say = useSay();
  const { search } = useLocation();
  const token = new URLSearchParams(search).get('token') ?? '';
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isSet, setIsSet] = useState(false);
  const { busy, problem, setProblem, run } = useStep();

  function submit() {
    if (password.length < SHORTEST) return setProblem(say('A password has at least %{count} characters', { count: SHORTEST }));
    if (password !== again) return setProblem(say('The two are not the same'));
    void run(async () => {
      await signIn.setPassword(token, password);
      setIsSet(true);
    });
  }

  const toSignIn = (
    <Link to="/login" underline="always">
      {say('Sign in')}
    </Link>
  );
  if (isSet) return <Card title={say('Your password is set')} intro={say('All older links and sessions have ended.')} more={toSignIn} />;
  return (
    <Card
      title={say('Choose a password')}
      intro={say('At least %{count} characters; a few words are easier to remember than signs.', { count: SHORTEST })}
      problem={problem}
      action={say('Set the password')}
      busy={busy}
      onSubmit={submit}
      more={toSignIn}
    >
      {[
        { label: say('New password'), value: password, set: setPassword },
        { label: say('Once more'), value: again, set: setAgain },
      ].map(({ label, value, set }, index) => (
        <TextField
          key={label}
          label={label}
          type="password"
          autoComplete="new-password"
          autoFocus={index === 0}
          required
          value={value}
          onChange={(event) => set(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 128 } }}
        />
      ))}
    </Card>
  );
}
