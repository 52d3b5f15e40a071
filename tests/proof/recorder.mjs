// Stands between the programs and their database, and keeps every byte that goes either way: one file for each way of each
// conversation. A worker, so that it goes on while its owner waits for a command.
import { createWriteStream } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { folder, listenPort, databasePort } = workerData;
let conversations = 0;
net.createServer((near) => {
  const far = net.connect(databasePort, '127.0.0.1');
  const number = conversations++;
  for (const [from, to, way] of [[near, far, 'sent'], [far, near, 'received']]) {
    const kept = createWriteStream(join(folder, `${number}.${way}`));
    from.on('data', (part) => { kept.write(part); to.write(part); });
    from.on('end', () => to.end());
    from.on('close', () => { kept.end(); to.destroy(); });
    from.on('error', () => to.destroy());
  }
}).listen(listenPort, '127.0.0.1', () => parentPort.postMessage('ready'));
