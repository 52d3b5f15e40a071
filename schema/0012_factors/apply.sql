CREATE TABLE user_factor (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    handle BINARY(16) NOT NULL,
    name VARBINARY(500) NOT NULL,
    secret VARBINARY(1700) NOT NULL,
    used_up_to BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    ended_at BIGINT,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_user_factor PRIMARY KEY (id),
    CONSTRAINT uq_user_factor_handle UNIQUE (handle),
    CONSTRAINT fk_user_factor_user FOREIGN KEY (user_id) REFERENCES user_account (id));
CREATE TABLE answered_challenge (
    id BINARY(32) NOT NULL,
    answered_at BIGINT NOT NULL,
    CONSTRAINT pk_answered_challenge PRIMARY KEY (id));
CREATE INDEX ix_answered_challenge_at ON answered_challenge (answered_at);
ALTER TABLE user_account ADD recovery_codes VARBINARY(500);
ALTER TABLE user_account DROP COLUMN totp_secret;
ALTER TABLE user_account DROP COLUMN totp_last_step;
DELETE FROM user_session;
ALTER TABLE user_session ADD fresh_at BIGINT NOT NULL;
GRANT SELECT, INSERT, UPDATE ON user_factor TO {ACCOUNT};
GRANT SELECT, INSERT, DELETE ON answered_challenge TO {ACCOUNT};
