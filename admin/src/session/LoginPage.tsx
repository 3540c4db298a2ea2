import { useEffect, useState } from 'react';
import { useLocation } from 'react-admin';
import { type Sentence, useSay } from '../words/words.ts';
import { CodeStep } from './CodeStep.tsx';
import { ForgottenStep } from './ForgottenStep.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import { signIn } from './signIn.ts';

/** Why a sign-in with a company account came to nothing. */
const PROBLEMS: Readonly<Record<string, Sentence>> = {
  'not-invited': 'This company account is not invited here. Ask an admin of Tributary.',
  refused: 'The company’s sign-in was broken off.',
  failed: 'The company’s sign-in did not work. Try again.',
};

type Step = 'password' | 'code' | 'forgotten';

export function LoginPage() {
  const { search } = useLocation();
  const [step, setStep] = useState<Step>('password');
  const [email, setEmail] = useState('');
  const [company, setCompany] = useState<string | null>(null);
  const say = useSay();
  const known = PROBLEMS[new URLSearchParams(search).get('problem') ?? ''];
  const [came, setCame] = useState<string | undefined>(known && say(known));

  useEffect(() => {
    // Without an answer there is just no such button.
    void signIn.company().then(setCompany, () => {});
  }, []);

  function startAgain(problem?: string) {
    setCame(problem);
    setStep('password');
  }

  if (step === 'code') return <CodeStep onStartAgain={startAgain} />;
  if (step === 'forgotten') return <ForgottenStep email={email} setEmail={setEmail} onBack={() => startAgain()} />;
  return (
    <PasswordStep
      email={email}
      setEmail={setEmail}
      company={company}
      came={came}
      onCode={() => setStep('code')}
      onForgotten={() => setStep('forgotten')}
    />
  );
}
