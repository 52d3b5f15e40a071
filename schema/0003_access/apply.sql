CREATE TABLE user_account (
    id BINARY(16) NOT NULL,
    name_index BINARY(16) NOT NULL,
    user_name VARBINARY(120) NOT NULL,
    display_name VARBINARY(500) NOT NULL,
    role VARCHAR(40) NOT NULL,
    person_id BINARY(16),
    employer_id BINARY(16),
    responsible_id BINARY(16),
    password_hash VARBINARY(300) NOT NULL,
    password_is_welcome SMALLINT NOT NULL,
    welcome_until BIGINT,
    totp_secret VARBINARY(100) NOT NULL,
    totp_last_step BIGINT NOT NULL,
    closed_at BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_user_account PRIMARY KEY (id),
    CONSTRAINT uq_user_account_name UNIQUE (name_index));
CREATE TABLE user_session (
    id BINARY(16) NOT NULL,
    token_hash BINARY(32) NOT NULL,
    user_id BINARY(16) NOT NULL,
    must_change_password SMALLINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT pk_user_session PRIMARY KEY (id),
    CONSTRAINT uq_user_session_token UNIQUE (token_hash),
    CONSTRAINT fk_user_session_user FOREIGN KEY (user_id) REFERENCES user_account (id));
CREATE TABLE guess_counter (
    id BINARY(16) NOT NULL,
    failures BIGINT NOT NULL,
    counted_since BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    CONSTRAINT pk_guess_counter PRIMARY KEY (id));
CREATE TABLE known_device (
    token_hash BINARY(32) NOT NULL,
    user_id BINARY(16) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_known_device PRIMARY KEY (token_hash, user_id));
GRANT SELECT, INSERT, UPDATE ON user_account TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE ON user_session TO {ACCOUNT};
GRANT SELECT, INSERT, UPDATE, DELETE ON guess_counter TO {ACCOUNT};
GRANT SELECT, INSERT, DELETE ON known_device TO {ACCOUNT};
