import { NotFound } from '../../shell/not_found';

export default function ServiceAccounts() {
  return <NotFound />;
}
