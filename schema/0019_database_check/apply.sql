GRANT SELECT ON schema_change TO {ACCOUNT};
