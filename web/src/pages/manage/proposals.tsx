import { NotFound } from '../../shell/not_found';

export default function Proposals() {
  return <NotFound />;
}
