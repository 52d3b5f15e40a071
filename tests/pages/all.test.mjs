// All that is done with a browser, one after the other in one process: accounts that sign in over HTTP do so once.
for (const one of ['parts', 'transparency', 'sizes', 'sign_in', 'story', 'work', 'import', 'accounts', 'drafts', 'documents', 'own_file', 'recovery', 'benefit', 'payments', 'log_proof', 'keyboard', 'functional_abilities', 'every_page']) await import(`./${one}.test.mjs`);
