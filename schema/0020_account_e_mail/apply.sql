ALTER TABLE user_account ADD e_mail VARBINARY(600);
ALTER TABLE user_account ADD e_mail_index BINARY(16);
CREATE INDEX ix_user_account_e_mail ON user_account (e_mail_index);
