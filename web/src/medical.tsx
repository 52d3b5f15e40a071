// The pages of the medical side.
import { show } from './shell/app';

const doctors = ['company_doctor', 'insurance_doctor'];
const homes: Record<string, string> = { medical_account_manager: '/accounts', privacy_officer: '/log', doctor_auditor: '/log' };

/** The page of a client, or of everybody else. */
const cases = (role: string) => (role === 'client' ? import('./pages/medical/own_files') : import('./pages/medical/cases'));
const caseFile = (role: string) => (role === 'client' ? import('./pages/medical/own_file') : import('./pages/medical/case_file'));

show({
  name: 'medical',
  pages: [
    { pattern: '/cases', load: cases },
    { pattern: '/cases/{case}', load: caseFile },
    { pattern: '/cases/{case}/{tab}', load: caseFile },
    { pattern: '/emergencies', load: () => import('./pages/medical/emergencies') },
    { pattern: '/mandates', load: () => import('./pages/manage/mandates') },
    { pattern: '/accounts', load: () => import('./pages/manage/accounts') },
    { pattern: '/proposals', load: () => import('./pages/manage/proposals') },
    { pattern: '/releases', load: () => import('./pages/manage/releases') },
    { pattern: '/log', load: () => import('./pages/manage/audit_log') },
    { pattern: '/own-log', load: () => import('./pages/manage/own_access_log') },
    { pattern: '/account', load: () => import('./pages/account/account') },
  ],
  menu: [
    { href: '/cases', icon: 'inbox', label: (text) => text.menu.cases, roles: [...doctors, 'delegated_staff'] },
    { href: '/cases', icon: 'folder', label: (text) => text.menu.ownFile, roles: ['client'] },
    { href: '/mandates', icon: 'people', label: (text) => text.menu.mandates, roles: [...doctors, 'delegated_staff'] },
    { href: '/emergencies', icon: 'alert', label: (text) => text.menu.emergencies, roles: ['privacy_officer', 'doctor_auditor'] },
    { href: '/accounts', icon: 'people', label: (text) => text.menu.accounts, roles: ['medical_account_manager', 'privacy_officer', 'doctor_auditor'] },
    { href: '/proposals', icon: 'check', label: (text) => text.menu.proposals, roles: ['medical_account_manager'] },
    { href: '/releases', icon: 'alert', label: (text) => text.menu.releases, roles: ['doctor_auditor'] },
    { href: '/log', icon: 'shield', label: (text) => text.menu.log, roles: ['privacy_officer', 'doctor_auditor'] },
    { href: '/own-log', icon: 'shield', label: (text) => text.menu.ownLog, roles: ['client'] },
  ],
  home: (role) => homes[role] ?? '/cases',
});
