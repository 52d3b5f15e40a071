// All stories in one process: a one-time code counts once, so each account signs in once for all of them. One after the other:
// the last ones kill what the others need.
const stories = ['story', 'refusals', 'factors', 'accounts', 'administrator', 'mandates', 'machines', 'log_proof', 'walls', 'relations', 'forged', 'networks', 'tasks', 'recovery', 'payments', 'documents', 'preview', 'scanner', 'documents_check', 'outages'];
for (const story of stories) await import(`./${story}.test.mjs`);
