// Machines and their certificates, as openssl makes them.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.mjs';

const openssl = (...words) => execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'pipe'] });
const hours = (count) => `${new Date(Date.now() + count * 3600000).toISOString().replace(/[-:T]|\.\d+/g, '')}`;
/** What the CA of the demo writes into the certificate of a machine. */
const forClients = 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\nkeyUsage=digitalSignature\n';

const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A CA with openssl: a new one of this name, or the one whose certificate and key are given. Its files are its own. */
export class Authority {
  constructor(name, given = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'klout7-machines-'));
    folders.push(this.folder);
    chmodSync(this.folder, 0o755);  // the operator of the installation reads certificates here; keys are 0600
    this.certificate = this.file('ca.pem');
    if (given.certificate) {
      copyFileSync(given.certificate, this.certificate);
      copyFileSync(given.key, this.file('ca.key'));
    } else {
      openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-sha256', '-days', '30',
        '-subj', name, '-keyout', this.file('ca.key'), '-out', this.certificate);
    }
    writeFileSync(this.file('index'), '');
    writeFileSync(this.file('crlnumber'), '10\n');
    writeFileSync(this.file('ca.cnf'), `[ca]\ndefault_ca = it\n[it]\ncertificate = ${this.certificate}\nprivate_key = ${this.file('ca.key')}
database = ${this.file('index')}\ncrlnumber = ${this.file('crlnumber')}\nnew_certs_dir = ${this.folder}\nrand_serial = yes
unique_subject = no\ndefault_md = sha256\ndefault_crl_days = 30\npolicy = any\n[any]\norganizationName = optional\ncommonName = supplied\n`);
  }
  file(name) { return join(this.folder, name); }

  /** The certificate and key of a machine, both new; valid from `begins` to `ends` hours from now. */
  issue(subject, { extensions = forClients, begins = -1, ends = 24 } = {}) {
    const name = `machine-${++this.issued || (this.issued = 1)}`;
    const [key, request, certificate] = ['key', 'csr', 'pem'].map((end) => this.file(`${name}.${end}`));
    writeFileSync(this.file('ext'), extensions);
    openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', subject, '-keyout', key, '-out', request);
    openssl('ca', '-batch', '-config', this.file('ca.cnf'), '-notext', '-startdate', hours(begins), '-enddate', hours(ends),
      '-extfile', this.file('ext'), '-in', request, '-out', certificate);
    return { files: { certificate, key }, cert: readFileSync(certificate), key: readFileSync(key) };
  }
  /** Takes certificates back, and puts the list of them where the server reads it. */
  revoke(machines, list) {
    for (const { files } of machines) openssl('ca', '-config', this.file('ca.cnf'), '-revoke', files.certificate);
    openssl('ca', '-config', this.file('ca.cnf'), '-gencrl', '-out', this.file('crl'));
    replaceFile(this.file('crl'), list);
  }
}

/** Puts another file in the place of one, in one step, and for the same owner. */
export function replaceFile(from, to) {
  const { uid, gid } = statSync(to);
  copyFileSync(from, `${to}.new`);
  chownSync(`${to}.new`, uid, gid);
  renameSync(`${to}.new`, to);
}

/** A program without a browser around it: it shows a certificate, and says nothing of pages. */
export class Machine extends Client {
  constructor(where, shown, side = 'office') { super(where, side, { cert: shown.cert, key: shown.key }); }
  send(method, path, options = {}) {
    return super.send(method, path, { ...options, headers: { Origin: null, ...options.headers } });
  }
}

/** The CA of the machines of an installation. */
export const ownAuthority = ({ folder }) =>
  new Authority('', { certificate: join(folder, 'tls', 'machines-ca.pem'), key: join(folder, 'tls', 'machines-ca.key') });

/** Certificates that open nothing: what is wrong with each, the certificate, and the reason that must stand in the log. */
export function* wrongCertificates(authority, subject) {
  const usage = (text) => ({ extensions: `basicConstraints=CA:FALSE\n${text}` });
  const issue = (more, name = subject) => authority.issue(name, more);
  yield ['ran out an hour ago', issue({ begins: -2, ends: -1 }), 'expired'];
  yield ['begins in an hour', issue({ begins: 1, ends: 2 }), 'not_yet_valid'];
  yield ['of a server (serverAuth)', issue(usage('extendedKeyUsage=serverAuth\n')), 'wrong_purpose'];
  yield ['does not say what it is for', issue(usage('')), 'wrong_purpose'];
  yield ['for e-mail', issue(usage('extendedKeyUsage=emailProtection\n')), 'wrong_purpose'];
  yield ['of a CA', issue({ extensions: 'basicConstraints=critical,CA:TRUE\nextendedKeyUsage=clientAuth\n' }), 'wrong_purpose'];
  yield ['of another CA', new Authority('/O=Somebody else/CN=Another CA').issue(subject), 'other_ca'];
  yield ['of another CA with the same name', new Authority('/O=Klout7/CN=Klout7 demo CA of machines').issue(subject), 'other_ca'];
  yield ['names nobody who is known', issue({}, '/O=Example/CN=stranger.example'), 'unknown_account'];
}
