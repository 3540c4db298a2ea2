import { Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useLogin } from 'react-admin';
import { useSay } from '../words/words.ts';
import { Card } from './Card.tsx';
import { type CodeKind, codeOf, signIn } from './signIn.ts';
import { useStep } from './useStep.ts';

const TEXTS = {
  'second-factor': { intro: 'Enter the six digits that your app shows for Tributary.', label: 'Code', other: 'Use a recovery code' },
  'recovery-code': {
    intro: 'Enter one of the codes that you kept when you set up the second factor. Each works once.',
    label: 'Recovery code',
    other: 'Use the app',
  },
} as const;

/** The second factor. When it takes too long one begins again. */
export function CodeStep({ onStartAgain }: { readonly onStartAgain: (problem?: string) => void }) {
  const say = useSay();
  const login = useLogin();
  const [kind, setKind] = useState<CodeKind>('second-factor');
  const [code, setCode] = useState('');
  const { busy, problem, setProblem, run } = useStep();
  const { intro, label, other } = TEXTS[kind];

  function submit() {
    if (!code.trim()) return setProblem(say('Enter the code first'));
    void run(async () => {
      try {
        await signIn.withCode(kind, code);
      } catch (error) {
        setCode('');
        if (codeOf(error) === 'SIGN_IN_AGAIN') return onStartAgain(say.said((error as Error).message));
        throw error;
      }
      await login({});
    });
  }

  function change() {
    setKind(kind === 'second-factor' ? 'recovery-code' : 'second-factor');
    setCode('');
    setProblem(undefined);
  }

  return (
    <Card
      title={say('Your second factor')}
      intro={say(intro)}
      problem={problem}
      action={say('Go on')}
      busy={busy}
      onSubmit={submit}
      more={
        <>
          <Button size="small" onClick={change}>
            {say(other)}
          </Button>
          <Button size="small" onClick={() => onStartAgain()}>
            {say('Back')}
          </Button>
        </>
      }
    >
      <TextField
        key={kind}
        label={say(label)}
        autoComplete="one-time-code"
        autoFocus
        required
        value={code}
        onChange={(event) => setCode(event.target.value)}
        slotProps={{ htmlInput: { inputMode: kind === 'second-factor' ? 'numeric' : 'text', spellCheck: false, maxLength: 40 } }}
      />
    </Card>
  );
}
