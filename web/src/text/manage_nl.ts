// What the pages of managing accounts, mandates and the log say, in Dutch of level B1.
export const manageNl = {
};

export type ManageText = typeof manageNl;
