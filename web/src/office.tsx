// The pages of the office side.
import { show } from './shell/app';

const homes: Record<string, string> = {
  functional_administrator: '/accounts', security_officer: '/log', auditor: '/log', privacy_officer: '/log', payments: '/payments', employer: '/home',
};

/** The page of a client, or of everybody else. */
const cases = (role: string) => (role === 'client' ? import('./pages/office/my_cases') : import('./pages/office/cases'));
const caseFile = (role: string) => (role === 'client' ? import('./pages/office/my_case') : import('./pages/office/case_file'));

show({
  name: 'office',
  pages: [
    { pattern: '/home', load: () => import('./pages/office/employer_home') },
    { pattern: '/cases', load: cases },
    { pattern: '/cases/{case}', load: caseFile },
    { pattern: '/cases/{case}/{tab}', load: caseFile },
    { pattern: '/report', load: () => import('./pages/office/sick_report') },
    { pattern: '/import', load: () => import('./pages/office/import_reports') },
    { pattern: '/mandates', load: () => import('./pages/manage/mandates') },
    { pattern: '/accounts', load: () => import('./pages/manage/accounts') },
    { pattern: '/proposals', load: () => import('./pages/manage/proposals') },
    { pattern: '/machines', load: () => import('./pages/manage/service_accounts') },
    { pattern: '/releases', load: () => import('./pages/manage/releases') },
    { pattern: '/runs', load: () => import('./pages/payments/runs') },
    { pattern: '/runs/{run}', load: () => import('./pages/payments/run') },
    { pattern: '/payments', load: () => import('./pages/payments/batches') },
    { pattern: '/payments/{batch}', load: () => import('./pages/payments/batch') },
    { pattern: '/bank', load: () => import('./pages/payments/bank') },
    { pattern: '/payee-accounts', load: () => import('./pages/payments/payee_accounts') },
    { pattern: '/log', load: () => import('./pages/manage/audit_log') },
    { pattern: '/own-log', load: () => import('./pages/manage/own_access_log') },
    { pattern: '/account', load: () => import('./pages/account/account') },
  ],
  menu: [
    { href: '/home', icon: 'chart', label: (text) => text.menu.home, roles: ['employer'] },
    { href: '/cases', icon: 'inbox', label: (text) => text.menu.cases, roles: ['case_manager', 'employer', 'benefit_specialist'] },
    { href: '/cases', icon: 'inbox', label: (text) => text.menu.ownCase, roles: ['client'] },
    { href: '/payments', icon: 'euro', label: (text) => text.payments.menu.payments, roles: ['payments'] },
    { href: '/runs', icon: 'rounds', label: (text) => text.payments.menu.runs, roles: ['benefit_specialist', 'payments'] },
    { href: '/payments', icon: 'euro', label: (text) => text.payments.menu.payments, roles: ['benefit_specialist'] },
    { href: '/payee-accounts', icon: 'card', label: (text) => text.payments.menu.accounts, roles: ['benefit_specialist'] },
    { href: '/bank', icon: 'bank', label: (text) => text.payments.menu.bank, roles: ['payments'] },
    { href: '/report', icon: 'plus', label: (text) => text.menu.report, roles: ['employer', 'case_manager', 'client'] },
    { href: '/import', icon: 'upload', label: (text) => text.menu.imports, roles: ['employer'] },
    { href: '/mandates', icon: 'people', label: (text) => text.menu.mandates, roles: ['case_manager'] },
    { href: '/accounts', icon: 'people', label: (text) => text.menu.accounts, roles: ['functional_administrator', 'privacy_officer', 'auditor'] },
    { href: '/proposals', icon: 'check', label: (text) => text.menu.proposals, roles: ['functional_administrator'] },
    { href: '/machines', icon: 'key', label: (text) => text.menu.machines, roles: ['functional_administrator'] },
    { href: '/releases', icon: 'alert', label: (text) => text.menu.releases, roles: ['security_officer'] },
    { href: '/log', icon: 'shield', label: (text) => text.menu.log, roles: ['privacy_officer', 'security_officer', 'auditor'] },
    { href: '/runs', icon: 'rounds', label: (text) => text.payments.menu.runs, roles: ['auditor'] },
    { href: '/payments', icon: 'euro', label: (text) => text.payments.menu.payments, roles: ['auditor'] },
    { href: '/own-log', icon: 'shield', label: (text) => text.menu.ownLog, roles: ['client'] },
  ],
  home: (role) => homes[role] ?? '/cases',
});
