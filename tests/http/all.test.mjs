// All stories in one process: a one-time code counts once, so each account signs in once for all of them.
import './story.test.mjs';
import './refusals.test.mjs';
import './walls.test.mjs';
import './forged.test.mjs';
import './outages.test.mjs';
