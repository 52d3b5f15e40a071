import { render, useCallback, useEffect, useState, type ComponentType } from '#fw';
import { common, happening, Refused, Unreachable } from '../lib/api';
import { language, type Language } from '../lib/language';
import { go, match, usePlace } from '../lib/router';
import { SessionContext, type Session } from '../lib/session';
import { useLoad } from '../lib/use_load';
import { ChangePasswordForm } from '../pages/change_password';
import { FirstFactor } from '../pages/first_factor';
import { SignInForm } from '../pages/sign_in';
import '../styles/all.css';
import { SpeechContext, textIn, useText } from '../text/use_text';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Dialog } from '../ui/dialog';
import { Loaded, useWords } from '../ui/loaded';
import { PageHead } from '../ui/page_head';
import { Alone } from './alone';
import { EnvironmentBanner } from './environment_banner';
import { NotFound } from './not_found';
import { ProofDialog } from './proof_dialog';
import { Shell } from './shell';
import type { PageProps, Side } from './side';
import { SignOutButton } from './sign_out_button';

type Standing = { is: 'asking' } | { is: 'out' } | { is: 'in'; session: Session } | { is: 'trouble'; error: unknown };

/** A question of the shell to the user, with what its answer lets go on. */
interface Question { kind: 'proof' | 'sign_in'; answer: (done: boolean) => void }

function App({ side }: { side: Side }) {
  const [spoken, setSpoken] = useState<Language>(language.current);
  const [environment, setEnvironment] = useState('production');
  const [standing, setStanding] = useState<Standing>({ is: 'asking' });
  const [question, setQuestion] = useState<Question | null>(null);

  const reload = useCallback(async () => {
    try {
      setStanding({ is: 'in', session: await common.get('/api/v1/session') });
    } catch (error) {
      const isOut = error instanceof Refused && error.problem.code === 'not_signed_in';
      setStanding(isOut ? { is: 'out' } : { is: 'trouble', error });
    }
  }, []);
  const signOut = useCallback(async () => {
    // Without an answer the session may still be open: then it is asked who is signed in.
    const isEnded = await common.del('/api/v1/session').then(() => true, (error: unknown) => error instanceof Refused);
    go('/', 'replace');
    if (isEnded) setStanding({ is: 'out' });
    else await reload();
  }, []);

  useEffect(() => {
    happening.environment = setEnvironment;
    void reload();
  }, []);
  const isIn = standing.is === 'in';
  useEffect(() => {
    const asking = (kind: Question['kind']) => () => new Promise<boolean>((resolve) => {
      setQuestion({ kind, answer: (done) => { setQuestion(null); resolve(done); } });
    });
    happening.notFresh = isIn ? asking('proof') : async () => false;
    happening.signedOut = isIn ? asking('sign_in') : async () => false;
  }, [isIn]);

  const choose = (chosen: Language) => {
    language.choose(chosen);
    setSpoken(chosen);
  };
  return (
    <SpeechContext.Provider value={{ text: textIn(spoken), language: spoken, choose }}>
      <EnvironmentBanner name={environment} />
      <Standpoint side={side} standing={standing} reload={reload} signOut={signOut} />
      {question?.kind === 'proof' && <ProofDialog onDone={question.answer} />}
      {question?.kind === 'sign_in' && <SignInAgain onDone={question.answer} />}
    </SpeechContext.Provider>
  );
}

/** What the user may see as things stand. */
function Standpoint({ side, standing, reload, signOut }: { side: Side; standing: Standing; reload: () => Promise<void>; signOut: () => Promise<void> }) {
  const text = useText();
  const words = useWords();
  const leave = <SignOutButton onClick={signOut} />;
  switch (standing.is) {
    case 'asking':
      return <Alone side={side}><p class="muted" role="status">{text.states.loading}</p></Alone>;
    case 'trouble':
      return (
        <Alone side={side}>
          <Alert kind="bad"><p>{words(standing.error)}</p><Button onClick={() => { void reload(); }}>{text.states.retry}</Button></Alert>
        </Alone>
      );
    case 'out':
      return (
        <Alone side={side}>
          <Card>
            <PageHead title={text.signIn.title} />
            <SignInForm onDone={reload} />
            <p class="muted small">{text.signIn.lost}</p>
          </Card>
        </Alone>
      );
    case 'in': {
      const { session } = standing;
      if (session.must_change_password) {
        return (
          <Alone side={side} corner={leave}>
            <Card>
              <PageHead title={text.password.welcomeTitle} intro={text.password.welcome} />
              <ChangePasswordForm isWelcome onDone={reload} />
            </Card>
          </Alone>
        );
      }
      if (session.must_add_factor) {
        return (
          <Alone side={side} corner={leave}>
            <Card>
              <PageHead title={text.factors.firstTitle} />
              <FirstFactor onDone={reload} />
            </Card>
          </Alone>
        );
      }
      return (
        <SessionContext.Provider value={{ session, reload, signOut }}>
          <PageHere side={side} role={session.role} />
        </SessionContext.Provider>
      );
    }
  }
}

/** What shows a page. It comes with the first page of its kind. */
async function pageIn(page: Side['pages'][number] | undefined, role: string): Promise<ComponentType<PageProps> | null> {
  try {
    return page ? (await page.load(role)).default : null;
  } catch {
    throw new Unreachable();
  }
}

/** A browser may remember that a part did not come, and a new version of the program has other parts: with an answer, all of it is asked for again. */
async function fromTheStart(otherwise: () => void): Promise<void> {
  const isThere = await fetch('/healthz').then((answer) => answer.ok, () => false);
  if (isThere) location.reload();
  else otherwise();
}

/** The page that belongs to the address. */
function PageHere({ side, role }: { side: Side; role: string }) {
  const place = usePlace();
  const home = side.home(role);
  const path = place.path === '/' ? home : place.path;
  useEffect(() => { if (place.path === '/') go(home, 'replace'); }, [place.path]);
  const found = side.pages.map((page) => ({ page, values: match(page.pattern, path) })).find((one) => one.values !== null);
  const name = `${role} ${found?.page.pattern}`;
  const part = useLoad(async () => ({ name, Page: await pageIn(found?.page, role) }), [name]);
  const Page = part.data?.name === name ? part.data.Page : null;
  return (
    <Shell side={side} path={path}>
      {!found && <NotFound />}
      {found && Page && <Page key={path} values={found.values ?? {}} />}
      {found && part.error !== undefined && <Loaded of={{ ...part, reload: () => void fromTheStart(part.reload) }}>{() => null}</Loaded>}
    </Shell>
  );
}

/** The session ended while somebody worked: what was typed stays where it is. */
function SignInAgain({ onDone }: { onDone: (done: boolean) => void }) {
  const text = useText();
  return (
    <Dialog title={text.states.signedOutTitle} onClose={() => onDone(false)}>
      <p>{text.signIn.again}</p>
      <SignInForm onDone={async () => onDone(true)} />
    </Dialog>
  );
}

/** Shows a side in the document. */
export function show(side: Side): void {
  const place = document.getElementById('app');
  if (!place) throw new Error('the document has a place for the pages');
  render(<App side={side} />, place);
}
