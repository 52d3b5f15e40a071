CREATE TABLE other_side_account (
    user_id BINARY(16) NOT NULL,
    e_mail_index BINARY(16) NOT NULL,
    role VARCHAR(40) NOT NULL,
    is_open SMALLINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_other_side_account PRIMARY KEY (user_id));
CREATE INDEX ix_other_side_account_e_mail ON other_side_account (e_mail_index);
GRANT SELECT, INSERT, UPDATE ON other_side_account TO {ACCOUNT};
