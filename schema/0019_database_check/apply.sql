GRANT SELECT ON schema_change TO {ACCOUNT};
-- Only an account that also sees what everybody else asks of the server may ask which tablespaces are encrypted. This asks in its
-- place, and tells nothing else. A function of MariaDB alone.
CREATE OR REPLACE DEFINER = k7_check@localhost FUNCTION plain_tablespaces() RETURNS TEXT CHARACTER SET utf8mb4
READS SQL DATA SQL SECURITY DEFINER
RETURN (SELECT GROUP_CONCAT(s.name ORDER BY s.name SEPARATOR ', ') FROM information_schema.innodb_sys_tablespaces s
LEFT JOIN information_schema.innodb_tablespaces_encryption e ON e.space = s.space
WHERE s.name <> 'innodb_temporary' AND (e.space IS NULL OR e.encryption_scheme <> 1));
GRANT EXECUTE ON FUNCTION plain_tablespaces TO k7_check@localhost;
GRANT EXECUTE ON FUNCTION plain_tablespaces TO {ACCOUNT};
