import { NotFound } from '../../shell/not_found';

export default function OwnAccessLog() {
  return <NotFound />;
}
