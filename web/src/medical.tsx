// The pages of the medical side.
import { show } from './shell/app';

const doctors = ['company_doctor', 'insurance_doctor'];
const homes: Record<string, string> = { medical_account_manager: '/accounts', privacy_officer: '/log', doctor_auditor: '/log', client: '/own-log' };

show({
  name: 'medical',
  pages: [
    { pattern: '/cases', load: () => import('./pages/medical/cases') },
    { pattern: '/cases/{case}', load: () => import('./pages/medical/case_file') },
    { pattern: '/cases/{case}/{tab}', load: () => import('./pages/medical/case_file') },
    { pattern: '/emergencies', load: () => import('./pages/medical/emergencies') },
    { pattern: '/mandates', load: () => import('./pages/manage/mandates') },
    { pattern: '/accounts', load: () => import('./pages/manage/accounts') },
    { pattern: '/proposals', load: () => import('./pages/manage/proposals') },
    { pattern: '/log', load: () => import('./pages/manage/audit_log') },
    { pattern: '/own-log', load: () => import('./pages/manage/own_access_log') },
    { pattern: '/account', load: () => import('./pages/account/account') },
  ],
  menu: [
    { href: '/cases', icon: 'inbox', label: (text) => text.menu.cases, roles: [...doctors, 'delegated_staff'] },
    { href: '/mandates', icon: 'people', label: (text) => text.menu.mandates, roles: [...doctors, 'delegated_staff'] },
    { href: '/emergencies', icon: 'alert', label: (text) => text.menu.emergencies, roles: ['privacy_officer', 'doctor_auditor'] },
    { href: '/accounts', icon: 'people', label: (text) => text.menu.accounts, roles: ['medical_account_manager', 'privacy_officer', 'doctor_auditor'] },
    { href: '/proposals', icon: 'check', label: (text) => text.menu.proposals, roles: ['medical_account_manager'] },
    { href: '/log', icon: 'shield', label: (text) => text.menu.log, roles: ['privacy_officer', 'doctor_auditor'] },
    { href: '/own-log', icon: 'shield', label: (text) => text.menu.ownLog, roles: ['client'] },
  ],
  home: (role) => homes[role] ?? '/cases',
});
