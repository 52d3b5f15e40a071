// All stories in one process: a one-time code counts once, so each account signs in once for all of them. One after the other:
// the last ones kill what the others need.
for (const story of ['story', 'refusals', 'factors', 'accounts', 'mandates', 'machines', 'walls', 'forged', 'networks', 'outages'])
  await import(`./${story}.test.mjs`);
