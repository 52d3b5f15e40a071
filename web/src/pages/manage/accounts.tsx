import { NotFound } from '../../shell/not_found';

export default function Accounts() {
  return <NotFound />;
}
