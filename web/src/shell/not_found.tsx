import { useText } from '../text/use_text';
import { Empty } from '../ui/empty';
import { PageHead } from '../ui/page_head';

/** The address is of no page, or of something that is not for who asks: which of the two is not told. */
export function NotFound() {
  const { states } = useText();
  return (
    <>
      <PageHead title={states.notFoundTitle} />
      <Empty icon="search"><p>{states.notFound}</p></Empty>
    </>
  );
}
