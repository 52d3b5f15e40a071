// A real Samba with a share for each side, as an ordinary user, and a relay before it that writes down what goes over the wire.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client, until } from './client.mjs';
import { klout7, programProcess } from './operator.mjs';

export const sides = ['office', 'medical'];
export const shareOf = (side) => `klout7-${side}`;
export const password = 'the Password of 1 share';

/** Whom smbd runs as, and who signs in: it may be no other, as it does not run as root. */
function ordinaryUser() {
  if (process.getuid() !== 0) return { name: userInfo().username, uid: process.getuid(), gid: process.getgid() };
  const [name, , uid, gid] = execFileSync('getent', ['passwd', 'daemon'], { encoding: 'utf8' }).split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}
export const user = ordinaryUser();
const asUser = process.getuid() === 0 ? { uid: user.uid, gid: user.gid } : {};

/** A port of this machine on which nobody listens. */
export const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const answers = (port) => new Promise((resolve) => {
  const probe = connect(port, '127.0.0.1', () => { probe.destroy(); resolve(true); });
  probe.on('error', () => resolve(false));
});

export class Samba {
  /** `encryption` as `server smb encrypt` has it. */
  static async start(encryption = 'required') {
    const samba = new Samba();
    samba.folder = mkdtempSync(join(tmpdir(), 'klout7-samba-'));
    samba.port = await freePort();
    const folders = [samba.folder, ...[...sides.map(shareOf), 'private', 'state'].map((name) => join(samba.folder, name))];
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true });
      chownSync(folder, user.uid, user.gid);
    }
    const configuration = join(samba.folder, 'smb.conf');
    writeFileSync(configuration, samba.configuration(encryption));
    execFileSync('/usr/bin/pdbedit', ['-s', configuration, '-a', '-t', '-u', user.name], { ...asUser, input: `${password}\n${password}\n`, stdio: ['pipe', 'ignore', 'ignore'] });
    // It ends when its input does, so it never outlives this process. With a socket there, as Node.js gives, it would serve that alone.
    samba.process = spawn('sh', ['-c', 'cat | exec /usr/sbin/smbd -F --no-process-group -s "$0"', configuration],
      { ...asUser, stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    await until('smbd to answer', () => answers(samba.port));
    return samba;
  }
  configuration(encryption) {
    const at = (name) => join(this.folder, name);
    const global = {
      'server role': 'standalone server', 'smb ports': this.port, interfaces: '127.0.0.1', 'bind interfaces only': 'yes', 'disable netbios': 'yes',
      'server min protocol': 'SMB3_11', 'server smb encrypt': encryption, 'server signing': 'mandatory',
      'server smb3 encryption algorithms': 'AES-256-GCM, AES-128-GCM', 'passdb backend': `tdbsam:${at('private/passdb.tdb')}`, 'ntlm auth': 'ntlmv2-only',
      'map to guest': 'never', 'load printers': 'no', printing: 'bsd', 'printcap name': '/dev/null', 'disable spoolss': 'yes', 'log file': at('state/log'),
      'lock directory': at('state'), 'state directory': at('state'), 'cache directory': at('state'), 'pid directory': at('state'), 'private dir': at('private'),
      'ncalrpc dir': at('state/ncalrpc'), 'strict sync': 'yes', 'sync always': 'yes',
    };
    const section = (name, values) => `[${name}]\n${Object.entries(values).map(([key, value]) => `${key} = ${value}\n`).join('')}`;
    return section('global', global) + sides.map((side) => section(shareOf(side),
      { path: this.pathOf(side), 'read only': 'no', 'valid users': user.name })).join('');
  }
  /** Where the documents of a side lie, as who keeps the server sees them. */
  pathOf(side) { return join(this.folder, shareOf(side)); }
  stop() {
    try { process.kill(-this.process.pid, 'SIGKILL'); } catch { /* it ended */ }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Passes everything on to a port of this machine, and writes it down. */
export class Wire {
  static async before(port) {
    const wire = new Wire();
    wire.ways = [];  // of each connection, each way
    wire.sockets = new Set();
    wire.server = createServer((client) => {
      const server = connect(port, '127.0.0.1');
      for (const [from, to] of [[client, server], [server, client]]) {
        const way = [];
        wire.ways.push(way);
        wire.sockets.add(from);
        from.on('data', (part) => { way.push(part); to.write(part); });
        from.on('close', () => to.destroy());
        from.on('error', () => to.destroy());
      }
    });
    await new Promise((resolve) => wire.server.listen(0, '127.0.0.1', resolve));
    wire.port = wire.server.address().port;
    return wire;
  }
  get byteCount() { return this.ways.flat().reduce((sum, part) => sum + part.length, 0); }
  /** Whether these words went over it, as they are or as SMB writes names: with two bytes for each letter. */
  heard(words) {
    return this.ways.some((way) => {
      const bytes = Buffer.concat(way);
      return [Buffer.from(words), Buffer.from(words, 'utf16le')].some((sought) => bytes.includes(sought));
    });
  }
  close() {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Writes the settings of a side anew: as they were, with its documents on its share at a port of this machine, or in a folder. */
export class DocumentSettings {
  constructor(where) {
    this.where = where;
    this.before = Object.fromEntries(sides.map((side) => [side, readFileSync(this.fileOf(side), 'utf8')]));
  }
  fileOf(side) { return join(this.where.folder, `${side}.toml`); }
  /** `more`: further settings, as text. Without a port: in a folder. */
  write(side, port, more = '') {
    writeFileSync(this.fileOf(side), this.before[side]);
    if (port) {
      const sealed = execFileSync(klout7, ['settings', 'seal', 'documents.smb.password', '--side', side, '--data', this.where.folder],
        { input: `${password}\n`, encoding: 'utf8' }).trim();
      appendFileSync(this.fileOf(side),
        `\n[documents.smb]\nserver = "127.0.0.1"\nport = ${port}\nshare = "${shareOf(side)}"\nuser = "${user.name}"\npassword = "${/sealed:[^"\s]+/.exec(sealed)[0]}"\n`);
    }
    appendFileSync(this.fileOf(side), more);
  }
  restore() { for (const side of sides) writeFileSync(this.fileOf(side), this.before[side]); }
}

/** Ends the program of a side, which is started again with the settings that are there then. */
export function end(side) {
  const old = programProcess(side);
  if (old) process.kill(old, 'SIGTERM');
  return until(`the old program of the ${side} side to end`, () => programProcess(side) !== old, 30);
}
export async function restart(where, side) {
  await end(side);
  await until(`the ${side} side to serve`, async () => {
    try { return (await new Client(where, side).get('/healthz')).status === 200; } catch { return false; }
  }, 60);
}
