import { Button } from '@mui/material';
import { useState } from 'react';
import { useSay } from '../words/words.ts';
import { Card } from './Card.tsx';
import { EmailField, type EmailProps } from './EmailField.tsx';
import { signIn } from './signIn.ts';
import { useStep } from './useStep.ts';

/** The answer is the same whether there is such an account or not. */
export function ForgottenStep({ email, setEmail, onBack }: EmailProps & { readonly onBack: () => void }) {
  const say = useSay();
  const [isSent, setSent] = useState(false);
  const { busy, problem, setProblem, run } = useStep();

  function submit() {
    if (!email.trim()) return setProblem(say('Give your e-mail address'));
    void run(async () => {
      await signIn.mailLink(email.trim());
      setSent(true);
    });
  }

  return (
    <Card
      title={say('Set a new password')}
      intro={say('We send a link to your e-mail address. It holds for an hour.')}
      problem={problem}
      notice={isSent ? say('If there is an account with this address, a link is on its way.') : undefined}
      action={say('Send the link')}
      busy={busy}
      onSubmit={submit}
      more={
        <Button size="small" onClick={onBack}>
          {say('Back to sign in')}
        </Button>
      }
    >
      <EmailField email={email} setEmail={setEmail} />
    </Card>
  );
}
