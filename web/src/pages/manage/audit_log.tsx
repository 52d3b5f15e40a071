import { NotFound } from '../../shell/not_found';

export default function AuditLog() {
  return <NotFound />;
}
