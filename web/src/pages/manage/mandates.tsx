import { NotFound } from '../../shell/not_found';

export default function Mandates() {
  return <NotFound />;
}
